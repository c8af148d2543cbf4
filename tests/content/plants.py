"""The faults to plant: code, file, what to change, and a piece of the line the fault must point at."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.content.miniature import EXERCISE, LESSON, LESSON_EN, QUIZ, QUIZ_EN

FIGURES = "01-costs/01-break-even.figures.yaml"
COURSE = "course.es.md"
PICTURE = "01-costs/break-even.es.svg"
MODULE = "01-costs/module.es.md"
CLOSE = "</svg>"


@dataclass(frozen=True)
class Plant:
    code: str
    file: str
    old: str = ""
    new: str = ""
    marker: str = ""
    both: bool = False
    add: bytes | None = None
    more: tuple[tuple[str, bytes], ...] = ()
    drop: tuple[str, ...] = ()

    def plant(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        result = {path: data for path, data in files.items() if path not in self.drop} | dict(self.more)
        if self.add is not None:
            result[self.file] = self.add
        targets = [self.file]
        if self.both:
            targets = [self.file.replace(".es.", ".en."), self.file.replace(".en.", ".es.")]
        for path in targets if self.old else ():
            text = result[path].decode()
            assert self.old in text, (self.old, path)
            result[path] = text.replace(self.old, self.new, 1).encode()
        return result


def module(folder: str) -> tuple[tuple[str, bytes], ...]:
    """An empty module in both languages."""
    text = f"---\nid: market-stall-{folder}\ntitle: Otro\n---\n".encode()
    return ((f"{folder}/module.es.md", text), (f"{folder}/module.en.md", text))


ELVIA = "Doña Elvia paga $400"
PICTURE_LINE = "(break-even.es.svg){width=340 height=228}"
FIRST = "type: single\nlesson: break-even\n"
PARAMETERS = "place: {from: 400, to: 800, step: 80}"
ORDER = (
    "1. Apuntar lo fijo {#a}\n   > Sin lo fijo no hay cuenta.\n2. Restar el costo al precio {#b}\n"
    "   > Así sale la contribución.\n3. Dividir y redondear hacia arriba {#c}\n   > Nadie compra medio tamal.\n"
)
SOLUTION_C = "::: solution\n20 − 12 = $8 por tamal.\n:::\n"

PLANTS = [
    # files and front matter
    Plant("file-name", "01-costs/Nota.md", add=b"hola"),
    Plant("file-unknown", "01-costs/apuntes.txt", add=b"hola"),
    Plant("file-unknown", "01-costs/sola.svg", add=b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Plant("file-too-large", LESSON, add=b"---\n---\n" + b"x" * 1_000_001),
    Plant("not-utf8", LESSON, add=b"---\nid: x\n---\n\xff\xfe"),
    Plant("control-character", LESSON, ELVIA, "Do\x00ña Elvia paga $400", marker="\x00"),
    Plant("long-line", LESSON, ELVIA, ELVIA + "a" * 20_001),
    Plant("front-missing", LESSON, "---\nid:", "id:"),
    Plant("yaml", LESSON, "title: ¿", "title: a: ¿", marker="title"),
    Plant("yaml", LESSON, "id: market-stall-break-even", "id: [", marker=""),
    Plant("yaml-refused", LESSON, "minutes: 7", "minutes: !!python/object:os.system x", marker="minutes"),
    Plant("yaml-refused", LESSON, "minutes: 7", "minutes: &a 7", marker="minutes"),
    Plant("yaml-refused", LESSON, "minutes: 7", "minutes: *a", marker="minutes"),
    Plant("yaml-too-much", LESSON, "minutes: 7", "minutes: " + "[" * 30 + "]" * 30, marker="minutes"),
    Plant("key-twice", LESSON, "minutes: 7", "minutes: 7\nminutes: 8", marker="minutes: 8"),
    Plant("key-unknown", LESSON, "minutes: 7", "minutes: 7\nminuts: 8", marker="minuts"),
    Plant("key-unknown", QUIZ, "points: 2", "puntos: 2", marker="puntos"),
    Plant("key-unknown", COURSE, "lessons: opened", "lesons: opened", marker="completion"),
    Plant("key-missing", LESSON, "remember: Divide lo fijo entre lo que te deja cada pieza.\n", ""),
    Plant("key-missing", QUIZ, FIRST, "type: single\n"),
    Plant("value-kind", LESSON, "minutes: 7", "minutes: siete", marker="minutes"),
    Plant("value-kind", LESSON, "as_of: 2026-06", "as_of: junio", marker="as_of"),
    Plant("value-kind", QUIZ, "shuffle: true", "shuffle: si", marker="shuffle"),
    Plant("value-choice", COURSE, "topic: business", "topic: negocios", marker="topic"),
    Plant("value-choice", EXERCISE, "document: business-plan", "document: plan", marker="document"),
    Plant("placeholder-text", LESSON, "remember: Divide", "remember: TODO Divide", marker="remember"),
    # ids and structure
    Plant("id-missing", QUIZ, "[ ] $12 {#b}", "[ ] $12", marker="$12"),
    Plant("id-missing", QUIZ, "pagar el puesto? {#q-contribution}", "pagar el puesto?", marker="pagar el puesto"),
    Plant("id-missing", EXERCISE, "Costos {#costs}", "Costos", marker="Costos"),
    Plant("id-missing", MODULE, "id: market-stall-costs\n", ""),
    Plant("id-form", QUIZ, "{#q-contribution}", "{#Q Contribución}", marker="Q Contr"),
    Plant("id-reused", QUIZ, "{#q-fixed}", "{#q-contribution}", both=True, marker="fijos"),
    Plant("id-reused", QUIZ, "[ ] $12 {#b}", "[ ] $12 {#a}", both=True, marker="$12"),
    Plant("id-retired", QUIZ, "{#q-fixed}", "{#q-old-price}", both=True, marker="fijos"),
    Plant("twin-missing", LESSON_EN, drop=(LESSON,)),
    Plant("twin-structure", LESSON_EN, "## Now with a dearer stall", "## Now\n\n## With a dearer stall", marker="## With"),
    Plant("twin-structure", QUIZ_EN, "| | What is lent to you {#loan} | |\n", "", marker="| Word"),
    Plant("twin-setting", LESSON_EN, "minutes: 7", "minutes: 8", marker="minutes"),
    Plant("twin-setting", QUIZ_EN, PARAMETERS, "place: {from: 400, to: 800, step: 40}"),
    Plant("twin-id", QUIZ_EN, "[ ] $12 {#b}", "[ ] $12 {#z}", marker="$12"),
    Plant("twin-right", QUIZ_EN, "- [ ] True {#t}", "- [x] True {#t}"),
    Plant("slug-reserved", "02-print", more=module("02-print")),
    Plant("slug-twice", "02-costs", more=module("02-costs")),
    Plant("number-twice", "01-extra", more=module("01-extra")),
    Plant("alias-clash", LESSON, "aliases: [how-many-tamales]", "aliases: [questions]", both=True, marker="aliases"),
    Plant("alias-form", LESSON, "aliases: [how-many-tamales]", "aliases: [¿Cuántos?]", both=True, marker="aliases"),
    Plant("module-missing", "01-costs", drop=(MODULE, "01-costs/module.en.md")),
    Plant("module-empty", "02-later", more=module("02-later")),
    Plant("too-deep", "01-costs/sub/01-x.es.md", add=b"---\n---\n"),
    # course
    Plant("course-missing", "", drop=(COURSE, "course.en.md")),
    Plant(
        "course-empty",
        "",
        drop=tuple(f"01-costs/{n}.{e}.md" for n in ("01-break-even", "02-questions", "03-my-stall") for e in ("es", "en")),
    ),
    Plant("sample-unknown", COURSE, "sample: costs/break-even", "sample: costs/nada", both=True, marker="sample"),
    Plant("sample-unknown", COURSE, "sample: costs/break-even", "sample: costs/questions", both=True),
    Plant("page-heavy", LESSON, ELVIA, ELVIA + "".join(f" {chr(0x4E00 + (n * 7919) % 20000)}" for n in range(5000)) + " "),
    Plant("lesson-length", LESSON, ELVIA, ELVIA + " palabra" * 600),
    Plant("fact-old", LESSON, "as_of: 2026-06", "as_of: 2025-06", marker="as_of"),
    Plant("fact-future", LESSON, "as_of: 2026-06", "as_of: 2027-06", marker="as_of"),
    # markup
    Plant("raw-html", LESSON, ELVIA, "<script>alert()</script>" + ELVIA, marker="<script>"),
    Plant("raw-html", LESSON, ELVIA, "<div>\n" + ELVIA, marker="<div>"),
    Plant("heading-first", LESSON, "## Ahora con", "# Ahora con", marker="# Ahora"),
    Plant("heading-jump", LESSON, "## Ahora con", "#### Ahora con", marker="#### Ahora"),
    Plant("box-nameless", LESSON, "::: note Sin puesto fijo\n", "::: note Sin puesto fijo\n::: check ¿Y?\nSí.\n:::\n", marker=":::"),
    Plant("box-unknown", LESSON, "::: note", "::: nota", marker="::: nota"),
    Plant("box-misplaced", LESSON, "::: note", "::: fields", marker="::: fields"),
    Plant("box-unclosed", LESSON, "el dinero que debes.\n:::", "el dinero que debes.", marker="::: warning"),
    Plant("check-question", LESSON, "::: check ¿Cuántos tamales necesita en la feria?", "::: check", marker="::: check"),
    Plant("placeholder-misplaced", LESSON, ELVIA, "{{place}} " + ELVIA, marker="{{place}}"),
    Plant("gap-misplaced", LESSON, ELVIA, "[[lugar]]{#a} " + ELVIA, marker="[[lugar]]"),
    Plant("link-broken", LESSON, "(02-questions.es.md)", "(02-nada.es.md)", marker="02-nada"),
    Plant("link-language", LESSON, "(02-questions.es.md)", "(02-questions.en.md)", marker="02-questions.en"),
    Plant("link-scheme", LESSON, "(02-questions.es.md)", "(http://example.org)", marker="http:"),
    Plant("term-unknown", LESSON, "glossary:contribution", "glossary:nada", marker="glossary:nada"),
    Plant(
        "picture-alt",
        LESSON,
        "![Gráfica de un domingo. La línea de ventas y la de costos se cruzan en 50 tamales y 1,000 pesos.]",
        "![]",
        marker="![]",
    ),
    Plant("picture-alone", LESSON, "![Gráfica", "Mira: ![Gráfica", marker="Mira"),
    Plant("picture-size", LESSON, PICTURE_LINE, "(break-even.es.svg)", marker="(break-even.es.svg)"),
    Plant("picture-shape", LESSON, PICTURE_LINE, "(break-even.es.svg){width=340 height=340}", marker="height=340"),
    Plant("picture-missing", LESSON, PICTURE_LINE, "(nada.es.svg){width=340 height=228}", marker="nada.es.svg"),
    Plant("picture-unsafe", PICTURE, CLOSE, "<script>1</script></svg>"),
    Plant("picture-unsafe", PICTURE, CLOSE, '<path onclick="x()"/></svg>'),
    Plant("picture-unsafe", PICTURE, CLOSE, '<use href="https://example.org/x"/></svg>'),
    Plant("picture-unsafe", PICTURE, CLOSE, '<rect style="fill:url(https://example.org)"/></svg>'),
    Plant("picture-unsafe", PICTURE, "<svg ", '<!DOCTYPE svg [<!ENTITY a "b">]><svg '),
    Plant("picture-unreadable", "01-costs/foto.png", add=b"no soy una imagen"),
    Plant("picture-heavy", PICTURE, CLOSE, "".join(f"<text>{n * n * 7919 % 999983:x}{n}</text>" for n in range(20_000)) + CLOSE),
    Plant("picture-heavyish", PICTURE, CLOSE, "".join(f"<text>{n * n * 7919 % 999983:x}{n}</text>" for n in range(1_500)) + CLOSE),
    # questions
    Plant("question-settings", QUIZ, "```question\n" + FIRST + "```\n", "", marker="{#q-contribution}"),
    Plant("quiz-empty", "01-costs/04-empty.es.md", add=b"---\nid: market-stall-empty\nkind: quiz\ntitle: Nada\nminutes: 1\n---\nHola.\n"),
    Plant("draw-too-many", QUIZ, "draw: 8", "draw: 99", both=True),
    Plant("pair-unknown", QUIZ, "purpose: module", "purpose: posttest", both=True),
    Plant("lesson-unknown", QUIZ, FIRST, "type: single\nlesson: nada\n", both=True, marker="lesson: nada"),
    Plant("solution-missing", QUIZ, SOLUTION_C, "", marker="{#q-contribution}"),
    Plant("solution-title", QUIZ, "::: solution\n20 − 12 = $8", "::: solution Así\n20 − 12 = $8", marker="solution Así"),
    Plant("choices-missing", QUIZ, ORDER, "", marker="{#q-order}"),
    Plant("choice-tick", QUIZ, "- [ ] $12 {#b}", "- $12 {#b}", marker="$12"),
    Plant("choice-empty", QUIZ, "- [ ] $12 {#b}", "- [ ] {#b}", marker="{#b}"),
    Plant("choice-extra", QUIZ, "  > Eso es lo que cuesta, no lo que queda.", "  > Eso.\n\n  Otra cosa.", marker="Otra cosa"),
    Plant("choice-number", QUIZ, "- [ ] = ceil(place / 12) {#c}", "- [ ] muchos {#c}", marker="muchos"),
    Plant("choice-same", QUIZ, "- [ ] $12 {#b}", "- [ ] $8 {#b}", both=True, marker="{#q-contribution}"),
    Plant("choice-count", QUIZ, "- [ ] $20 {#c}\n  > Ese es el precio. Falta restar el costo.\n", ""),
    Plant("right-missing", QUIZ, "- [x] $8 {#a}", "- [ ] $8 {#a}", both=True, marker="{#q-contribution}"),
    Plant("right-many", QUIZ, "- [ ] $12 {#b}", "- [x] $12 {#b}", both=True, marker="{#q-contribution}"),
    Plant("feedback-missing", QUIZ, "  > Eso es lo que cuesta, no lo que queda.\n", "", marker="$12"),
    Plant("feedback-missing", QUIZ, "| El lugar se paga completo. |", "| |", marker="Fijo"),
    Plant("feedback-missing", QUIZ, "- {#b}\n  > Con 50 no ganas ni pierdes.\n", ""),
    Plant("matching-columns", QUIZ, "| Palabra | Significa | Porqué |\n|---|---|---|\n", "| Palabra {#p} |\n|---|\n", marker="Palabra"),
    Plant("matching-same", QUIZ, "Lo que te prestan {#loan}", "Lo que deja cada venta {#loan}", marker="{#loan}"),
    Plant("gap-unknown", QUIZ, "- {#b}\n  > Con 50", "- {#z}\n  > Con 50", marker="{#z}"),
    Plant("parameters-unused", QUIZ, PARAMETERS, PARAMETERS + "\n  idle: {values: [1]}", both=True),
    Plant("setting-idle", QUIZ, FIRST, FIRST + "tolerance: 1\n", both=True),
    Plant("setting-idle", QUIZ, FIRST, FIRST + "typos: 1\n", both=True),
    # exercises
    Plant("fields-missing", EXERCISE, "::: fields", "::: note", marker=""),
    Plant("field-settings", EXERCISE, "```field\ntype: line\n```\n", "", marker="{#what}"),
    Plant("field-extra", EXERCISE, "::: fields\n", "::: fields\nHola.\n\n", marker="Hola"),
    Plant("rubric-missing", EXERCISE, "::: rubric", "::: note"),
    Plant("rubric-form", EXERCISE, "| Criterio | 4 | 3 | 2 | 1 |", "| Criterio | bien | 3 | 2 | 1 |", marker="::: rubric"),
    Plant("rubric-empty", EXERCISE, "| completos y con recibo |", "| |", marker="Costos"),
    Plant("pass-too-high", EXERCISE, "points: 5", "points: 50", both=True),
    # numbers
    Plant("figures-missing", LESSON, drop=(FIGURES,)),
    Plant("figure-form", FIGURES, "price: 20", "Price: 20", marker="given"),
    Plant("figure-formula", FIGURES, "formula: price - cost", "formula: price - nada", marker="price - nada"),
    Plant("figure-formula", FIGURES, "formula: ceil(fair / contribution)", "formula: fair / 0", marker="fair / 0"),
    Plant("figure-value", FIGURES, "value: 75", "value: 76", marker="76"),
    Plant("figure-uncovered", LESSON, "Doña Elvia paga $400", "Doña Elvia paga $401", marker="401"),
    Plant("figure-uncovered", LESSON, "remember: Divide lo fijo", "remember: Divide 77", marker="77"),
    Plant("twin-number", LESSON, "600 ÷ 8 = **75 tamales**.", "600 ÷ 8 = **75 tamales**, y 33 más.", marker="33"),
    Plant("parameter-form", QUIZ, PARAMETERS, "place: {from: 800, to: 400}", both=True, marker="place:"),
    Plant("parameter-form", QUIZ, PARAMETERS, "place: {from: 1, to: 9000000}", both=True, marker="place:"),
    Plant("parameter-unknown", QUIZ, "pieces: place / 8", "pieces: plaza / 8", both=True, marker="{#q-break-even}"),
    Plant("parameter-circle", QUIZ, "pieces: place / 8", "pieces: other + place\n  other: pieces / 8", both=True),
    Plant("parameter-twice", QUIZ, "pieces: place / 8", "pieces: place / 8\n  place: 3", both=True),
    Plant("proof-zero", QUIZ, "pieces: place / 8", "pieces: place / (place - 480)", both=True, marker="{#q-break-even}"),
    Plant("proof-absurd", QUIZ, "pieces: place / 8", "pieces: place ** 5", both=True),
    Plant("proof-negative", QUIZ, "pieces: place / 8", "pieces: place / 8 - 60", both=True),
    Plant("proof-same", QUIZ, "= ceil(place / 20)", "= ceil(place / 8)", both=True),
    Plant("proof-decimals", QUIZ, "- [x] = ceil(pieces) {#a}", "- [x] = pieces / 7 {#a}", both=True),
    Plant("formula-form", QUIZ, "= ceil(place / 20)", "= __import__('os')", marker="__import__"),
]

# Codes that need a folder on disk, a glossary or the reading report; each has its own test.
OWN_TESTS = {
    "folder-missing", "too-many-files", "link-outside", "file-unreadable", "fix-refused", "glossary-form", "glossary-twin",
    "sentence-long", "reading-hard", "course-hard", "course-heavy", "wording",
}  # fmt: skip
