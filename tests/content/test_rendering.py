"""The markup of a lesson page: what each piece of Markdown becomes, and what never gets through."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from app.content.faults import Faults
from app.content.markdown import render_text, sanitised
from app.content.page import Page, Picture, Site, Term
from app.content.tree import Lesson
from tests.content.miniature import course

TERMS = {"margin": Term("margin", "Margen", "Lo que queda de <strong>cada</strong> peso.")}
SITE = Site(
    "garden",
    {"01-a/01-b.es.md": ("a", "b"), "01-a/02-c.es.md": ("a", "c"), "01-a/02-c.en.md": ("a", "c")},
    {"01-a/plot.es.svg": Picture("01-a/plot.es.svg", 300, 340, 228)},
    frozenset({"markets/01-x/02-y.es.md", "markets/course.es.md"}),
    lambda path: f"/media/{path}",
    lambda language, module, unit: f"/{language}/{module}/{unit}",
)


def html(text: str) -> str:
    page = Page("01-a/01-b.es.md", "es", SITE, Faults("01-a/01-b.es.md"), terms=TERMS)
    return render_text(text, page)


def test_tables_carry_classes_and_no_styles() -> None:
    tree = LexborHTMLParser(html("| Cuenta | Pesos |\n|---|---:|\n| Precio | $60 |\n| **Queda** | **$24** |\n"))
    assert [cell.attributes.get("scope") for cell in tree.css("thead th")] == ["col", "col"]
    assert [cell.text() for cell in tree.css("tbody th[scope=row]")] == ["Precio", "Queda"]
    assert [cell.text() for cell in tree.css("tr.sum td.r")] == ["$24"]
    assert len(tree.css("td.r")) == 2 and not tree.css("[style]") and not tree.css("tr.sum strong")


def test_a_table_without_header_has_none() -> None:
    tree = LexborHTMLParser(html("| | |\n|---|---:|\n| Precio | $60 |\n"))
    assert not tree.css("thead") and len(tree.css("tbody tr")) == 1


def test_a_cell_partly_bold_is_no_total() -> None:
    assert "sum" not in html("| a | b |\n|---|---|\n| **x** y | 1 |\n| **x** y **z** | 1 |\n")


def test_the_worked_example_is_a_labelled_section() -> None:
    tree = LexborHTMLParser(html("::: example ¿Cuánto **queda**?\nTexto.\n:::\n"))
    section = tree.css_first("section.work")
    heading = tree.css_first("section.work > h2")
    assert section is not None and heading is not None
    assert heading.attributes["data-k"] == "Ejemplo resuelto" and heading.text() == "¿Cuánto queda?"
    assert section.attributes["aria-labelledby"] == heading.attributes["id"]


def test_a_check_opens_on_tap() -> None:
    assert html("::: check ¿Y?\nSí.\n:::\n") == "<details><summary>¿Y?</summary><p>Sí.</p>\n</details>"


def test_callouts_with_and_without_a_title() -> None:
    assert html("::: note Ojo\nx\n:::\n") == '<div class="note"><p><strong>Ojo</strong></p>\n<p>x</p>\n</div>'
    assert html("::: warning\nx\n:::\n") == '<div class="note warn"><p>x</p>\n</div>'


def test_a_box_inside_a_box() -> None:
    tree = LexborHTMLParser(html(":::: example Uno\n::: check ¿Dos?\nSí.\n:::\n::::\n"))
    assert tree.css_first("section.work details summary") is not None


def test_ones_own_numbers_have_lines_to_write_on() -> None:
    tree = LexborHTMLParser(html("::: yours\n- Renta: $____ al mes {#rent}\n- ____ pesos y ____ días\n:::\n"))
    assert [heading.text() for heading in tree.css("section.yours h2")] == ["Ahora tú"]
    assert len(tree.css("span.blank")) == 3 and tree.css_first("li#rent") is not None


def test_a_glossary_word_is_explained_in_place_without_a_script() -> None:
    tree = LexborHTMLParser(html("El [margen](glossary:margin) y otra vez [margen](glossary:margin)."))
    boxes, labels, notes = tree.css("p > input.term-box"), tree.css("p > label.term"), tree.css("p > span.gloss[role=note]")
    assert [box.attributes["type"] for box in boxes] == ["checkbox", "checkbox"]
    assert [label.attributes["for"] for label in labels] == [box.attributes["id"] for box in boxes]
    assert len({box.attributes["id"] for box in boxes}) == 2
    assert notes[0].text() == "Lo que queda de cada peso."


def test_a_picture_has_its_size_words_and_caption() -> None:
    tree = LexborHTMLParser(html("![Las líneas se cruzan.](plot.es.svg){width=340 height=228}\n*Se **cruzan**.*\n"))
    picture, caption = tree.css_first("figure > img"), tree.css_first("figure > figcaption.small")
    assert picture is not None and caption is not None
    assert picture.attributes == {
        "src": "/media/01-a/plot.es.svg", "alt": "Las líneas se cruzan.", "width": "340", "height": "228",
        "loading": "lazy", "decoding": "async",
    }  # fmt: skip
    assert caption.text() == "Se cruzan."


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("02-c.es.md", "/es/a/c"), ("../01-a/02-c.es.md#x", "/es/a/c#x"), ("https://example.org/", "https://example.org/"),
        ("../../markets/01-x/02-y.es.md", "/es/courses/markets/x/y"), ("../../markets/course.es.md", "/es/courses/markets"),
        ("javascript:alert(1)", None), ("../../../etc/passwd", ""), ("//example.org", ""),
    ],
)  # fmt: skip
def test_links_lead_to_addresses(target: str, href: str | None) -> None:
    link = LexborHTMLParser(html(f"[x]({target})")).css_first("a")
    assert (link.attributes.get("href", "") if link else None) == href


def test_headings_have_ids_of_their_own() -> None:
    tree = LexborHTMLParser(html("## Lo mismo\n\n## Lo mismo\n\n### Año & ñandú {#own}\n"))
    assert [heading.attributes["id"] for heading in tree.css("h2, h3")] == ["lo-mismo", "lo-mismo-2", "own"]


def test_footnotes_and_definitions() -> None:
    tree = LexborHTMLParser(html("Uno.[^a]\n\nTasa\n: Lo que cobran.\n\n[^a]: La nota.\n"))
    assert [link.attributes["href"] for link in tree.css("sup a")] == ["#fn1"]
    assert tree.css_first("section.footnotes li#fn1") is not None and not tree.css("hr")
    assert [text.text().strip() for text in tree.css("dl dd")] == ["Lo que cobran."]


def test_a_lesson_of_the_miniature_course_uses_the_fixed_addresses() -> None:
    lesson = next(unit for unit in course().units if isinstance(unit, Lesson))
    assert 'href="/es/courses/market-stall/costs/questions"' in lesson.html("es")
    assert 'data-k="Worked example"' in lesson.html("en")
    assert lesson.weight("es") > len(lesson.text("es").pictures) and lesson.text("es").rule.startswith("Primero")


FORBIDDEN = re.compile(r"<(script|iframe|style|object|embed|form|link|meta|svg|math)\b|\son\w+=|javascript:|\sstyle=", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](javascript:alert(1))",
        "[x](data:text/html;base64,xx)", "<svg/onload=alert(1)>", "[a]: javascript:alert(1)\n\n[a]", "<javascript:alert(1)>",
        '![x](plot.es.svg){onload="alert(1)" style="x" width=3 height=4}', "::: note <script>alert(1)</script>\n:::",
        "::: example \" onmouseover=alert(1)\nx\n:::", "{{<script>}}", "## <b onclick=x>y</b>", "| <i onclick=x> |\n|---|\n| y |",
    ],
)  # fmt: skip
def test_nothing_that_runs_gets_through(text: str) -> None:
    tree = LexborHTMLParser(html(text))
    for node in tree.css("*"):
        assert node.tag not in ("script", "iframe", "style", "object", "embed", "form", "svg", "math") or (
            node.tag == "style" and not node.text()
        )
        assert not any(name.startswith("on") or name == "style" for name in node.attributes)
        assert not (node.attributes.get("href") or "").startswith(("javascript:", "data:"))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("<>\"'&=/ abonscript:(){}[]!#|*_-`\n"), max_size=80))
def test_no_text_makes_a_handler_or_a_script(text: str) -> None:
    tree = LexborHTMLParser(html(text))
    assert not tree.css("script")
    for node in tree.css("body *"):
        assert not any(name.startswith("on") or name == "style" for name in node.attributes)


def test_the_last_gate_knows_its_tags() -> None:
    assert sanitised('<p onclick="x" style="y" class="z">a<script>b</script></p>') == '<p class="z">a</p>'


def test_a_number_and_its_per_cent_sign_stay_on_one_line() -> None:
    assert "40&nbsp;% y 50&nbsp;%" in html("Son 40 % y 50 %.")
