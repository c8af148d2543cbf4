"""A small course with a quiz of every type of question, made anew with the rules that a test needs."""

from collections.abc import Mapping
from textwrap import dedent

SLUG = "jars"

COURSE = """\
---
id: jars
title: {title}
subtitle: {title}
topic: business
order: 1
summary: {title}.
audience: {title}.
outcomes:
  - {outcome}
takeaway: {title}
takeaway_text: {title}.
sample: selling/counting
authors: [Tequio]
reviewers: []
license: CC BY-SA 4.0
hours: 1
updated: 2026-11
completion: {{lessons: optional, quizzes: passed, exercises: optional}}
retired: []
aliases: []
---

{title}.
"""

LESSON = """\
---
id: jars-counting
kind: lesson
title: {title}
minutes: 5
rule: {title}.
remember: {title}.
step: {title}.
---

{title}.
"""

RULES = {
    "purpose": "module",
    "shuffle": "false",
    "pass": "70",
    "attempts": "0",
    "pause": "0",
    "time_limit": "0",
    "grade": "best",
    "answers": "after",
    "required": "true",
}

ES = """\
## ¿Cuántos frascos necesita vender para no perder? {#q-number}

```question
type: numeric
unit: frascos
lesson: counting
```

- [x] 1250 {#a}
  > Así es: se redondea hacia arriba.
- [ ] 1000 {#b}
  > Aquí falta sumar la renta.

::: solution
Se divide lo fijo entre la contribución.
:::

## ¿Qué es la contribución? {#q-single}

```question
type: single
lesson: counting
```

- [x] Lo que deja cada venta {#a}
  > Sí: lo que queda de cada venta.
- [ ] Lo que cuesta cada venta {#b}
  > Eso es el costo.
- [ ] Lo que pide el banco {#c}
  > Eso es el interés.

::: solution
Precio menos costo variable.
:::

## ¿Cuáles son costos fijos? {#q-multiple}

```question
type: multiple
lesson: counting
```

- [x] La renta {#a}
  > Se paga siempre.
- [x] El sueldo {#b}
  > Se paga siempre.
- [ ] El frasco {#c}
  > Cambia con cada venta.

::: solution
Los que no cambian con la venta.
:::

## La renta es un costo fijo. {#q-true}

```question
type: true-false
lesson: counting
```

- [x] Verdadero {#a}
  > Sí, no cambia.
- [ ] Falso {#b}
  > No cambia con la venta.

::: solution
No cambia con la venta.
:::

## Junta cada palabra con lo que significa. {#q-matching}

```question
type: matching
lesson: counting
```

| Palabra | Significa | Por qué |
|---|---|---|
| Donación {#a} | No se devuelve {#x} | Es un regalo. |
| Préstamo {#b} | Se devuelve {#y} | Tiene plazo. |
|  | Se vende {#z} |  |

::: solution
Un regalo no se devuelve.
:::

## Pon los pasos en orden. {#q-ordering}

```question
type: ordering
lesson: counting
```

1. Sumar lo fijo {#a}
   > Primero lo fijo.
2. Restar lo variable {#b}
   > Después lo variable.
3. Dividir {#c}
   > Al final se divide.

::: solution
Sumar, restar, dividir.
:::

## ¿Cómo se llama lo que deja cada venta? {#q-word}

```question
type: short-text
lesson: counting
```

- [x] contribución {#a}
  > Así se llama.
- [ ] ganancia {#b}
  > La ganancia es lo que queda después de lo fijo.

::: solution
Se llama contribución.
:::

## Completa el texto. {#q-gaps}

```question
type: gaps
lesson: counting
```

Al precio se le resta el costo [[variable]]{#a} y queda la [[contribución]]{#b}.

- {#a}
  > El que cambia con cada venta.
- {#b}
  > Lo que deja cada venta.

::: solution
Precio menos costo variable.
:::

## ¿Qué harías en un mes malo? {#q-open}

```question
type: open
points: 2
lesson: counting
```

::: solution
Bajar los gastos y hablar con quien prestó.
:::
"""

# The same questions in English: only the words that tests look at are translated.
EN = (
    ES.replace("¿Cuántos frascos necesita vender para no perder?", "How many jars must she sell so as not to lose?")
    .replace("unit: frascos", "unit: jars")
    .replace("¿Qué es la contribución?", "What is the contribution?")
    .replace("Lo que deja cada venta {#a}", "What each sale leaves {#a}")
)

PARAMETERS = """\
## {words} {{{{price}}}} {{#q-{name}}}

```question
type: numeric
unit: pesos
lesson: counting
parameters:
  price: {{from: 10, to: 90, step: 1}}
decimals: 0
```

- [x] = price * 2 {{#a}}
  > {words}.
- [ ] = price * 3 {{#b}}
  > {words}.

::: solution
{{{{price}}}} × 2 = {{{{= price * 2}}}}
:::
"""


def quiz(name: str, title: str, body: str, rules: Mapping[str, str]) -> str:
    settings = "\n".join(f"{key}: {value}" for key, value in (RULES | dict(rules)).items())
    return f"---\nid: jars-{name}\nkind: quiz\ntitle: {title}\nminutes: 5\n{settings}\n---\n\n{title}.\n\n{body}"


def course_files(questions: Mapping[str, str] | None = None, **rules: str) -> dict[str, bytes]:
    """The files of the course. `rules` are those of the quiz with every type; `questions` replace texts in it, both languages."""
    files: dict[str, str] = {}
    for language, pool, words in (("es", ES, "El doble de"), ("en", EN, "Twice")):
        body = pool
        for old, new in (questions or {}).items():
            body = body.replace(old, new)
        title = "Frascos" if language == "es" else "Jars"
        before, after = (
            "".join(PARAMETERS.format(words=words, name=f"{start}-{name}") for name in ("one", "two", "three"))
            for start in ("before", "after")
        )
        files |= {
            f"course.{language}.md": COURSE.format(title=title, outcome=title.lower()),
            f"01-selling/module.{language}.md": f"---\nid: jars-selling\ntitle: {title}\n---\n",
            f"01-selling/01-counting.{language}.md": LESSON.format(title=f"{title} 2"),
            f"01-selling/02-before.{language}.md": quiz("before", title, before, {"purpose": "pretest", "pass": "0", "draw": "2"}),
            f"01-selling/03-questions.{language}.md": quiz("questions", title, body, rules),
            f"01-selling/04-after.{language}.md": quiz("after", title, after, {"purpose": "posttest", "pair": "jars-before", "draw": "2"}),
        }
    files["01-selling/01-counting.figures.yaml"] = "loose: [2]\n"
    files["01-selling/02-before.figures.yaml"] = files["01-selling/04-after.figures.yaml"] = "loose: [2, 3]\n"
    files["01-selling/03-questions.figures.yaml"] = "loose: [1000, 1250]\n"
    return {path: dedent(text).encode() for path, text in files.items()}
