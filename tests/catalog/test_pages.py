"""Home, catalogue, search and pictures, as a visitor sees them."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from app.catalog.words import stems
from tests.support.queries import full_scans, recorded
from tests.support.site import Site, the


def texts(page: HTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_the_home_page_works_without_a_course(site: Site) -> None:
    page = site.visitor().page("/es")
    assert page.css_first("h1") is not None
    assert page.css_first(".empty") is not None
    assert page.css_first(".btn") is None


def test_the_home_page_counts_what_is_published(site: Site) -> None:
    site.publish()
    page = site.visitor().page("/es")
    assert texts(page, ".toc a") == ["Semillas"]
    assert re.fullmatch(r"9 min · \d+ KB", texts(page, ".toc .meta")[0])
    assert the(page, ".btn").attributes["href"] == "/es/courses/seeds/soil/first-seed"


@pytest.mark.parametrize(
    "path", ["/es", "/en", "/es/courses", "/en/courses/seeds", "/es/courses/seeds/soil/first-seed", "/es/courses/seeds/print"]
)
def test_pages_of_visitors_may_be_kept_and_set_no_cookie(site: Site, path: str) -> None:
    site.publish()
    visitor = site.visitor()
    first = visitor.get(path)
    assert first.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in first.headers
    assert set(first.headers["vary"].replace(" ", "").lower().split(",")) >= {"cookie", "accept-encoding"}
    again = visitor.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["negociar", "NEGOCIACIÓN", "negociando", "negotiate"])
def test_search_forgives_word_forms_accents_and_language(site: Site, query: str) -> None:
    site.publish()
    page = site.visitor().page(f"/es/courses?q={query}")
    assert texts(page, ".card h3 a")[0] == "Hablar del precio"
    assert re.search(r"4 min · \d+ KB", texts(page, ".card .meta")[0])


def test_search_in_english(site: Site) -> None:
    site.publish()
    page = site.visitor().page("/en/courses?q=negotiating+price")
    assert texts(page, ".card h3 a")[0] == "Talking about the price"


def test_an_excerpt_never_shows_a_question(site: Site) -> None:
    site.publish()
    page = site.visitor().page("/es/courses?q=tierra+seca")
    assert "Dos preguntas, sin reloj. Con una bien, pasas." in texts(page, "li.card p")
    assert "La tierra seca da mucho" not in page.text()


def test_every_word_must_be_there(site: Site) -> None:
    site.publish()
    page = site.visitor().page("/es/courses?q=negociar+astronauta")
    assert "Todavía no hay nada" in the(page, "#r").text()


@pytest.mark.parametrize(
    ("query", "sentence"), [("a", "al menos dos letras"), ("%00", "al menos dos letras"), ("x" * 500, "muy largo"), ("¿?", "al menos")]
)
def test_a_query_that_will_not_do_is_answered_beside_the_field(site: Site, query: str, sentence: str) -> None:
    site.publish()
    page = site.visitor().page(f"/es/courses?q={query}")
    assert (sentence in page.text()) == (query != "%00"), "nothing is left of a NUL"
    assert page.css_first("#q") is not None


@pytest.mark.parametrize(
    "query", ["%00precio%00", "%E2%80%AEprecio", "'; DROP TABLE users; --", "%F0%9F%8C%B1%F0%9F%8C%B1", "%ff%fe", "%25%25"]
)
def test_strange_queries_are_answered_calmly(site: Site, query: str) -> None:
    site.publish()
    assert site.visitor().get(f"/es/courses?q={query}").status_code == 200


def test_the_topic_narrows_the_catalogue(site: Site) -> None:
    site.publish()
    visitor = site.visitor()
    assert texts(visitor.page("/es/courses?topic=business"), ".card h2 a") == ["Semillas"]
    assert texts(visitor.page("/es/courses?topic=finance"), ".card h2 a") == []
    assert texts(visitor.page("/es/courses?topic=nonsense"), ".card h2 a") == ["Semillas"]


def test_missing_accents_make_no_difference_to_stems() -> None:
    for written, typed in [("interés", "intereses"), ("crédito", "creditos"), ("inversión", "inversiones"), ("pérdida", "perdidas")]:
        assert stems(written, "es") == stems(typed, "es")


def test_pictures_are_kept_for_ever_and_run_nothing(site: Site) -> None:
    site.publish()
    visitor = site.visitor()
    source = the(visitor.page("/es/courses/seeds/soil/first-seed"), "main img").attributes["src"]
    assert source is not None
    picture = visitor.get(source)
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "immutable" in picture.headers["cache-control"]
    assert picture.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in picture.headers["content-security-policy"]


def test_only_pictures_are_served_as_pictures(site: Site) -> None:
    site.publish()
    from sqlmodel import select

    from app.catalog.models import Edition

    manifest = site.read(lambda db: db.exec(select(Edition.manifest)).one())
    quiz = manifest["01-soil/02-questions.es.md"]
    for name in (f"{quiz[:20]}.svg", f"{quiz[:20]}.md", f"{quiz}.svg", "..%2f..%2fetc%2fpasswd", "x.svg", "0" * 20 + ".svg"):
        assert site.visitor().get(f"/media/{name}").status_code == 404


def test_the_catalogue_asks_the_same_however_much_there_is(site: Site) -> None:
    site.publish()
    for path, count in (("/es", 1), ("/es/courses", 1), ("/es/courses?q=precio", 2), ("/es/courses/seeds/soil/first-seed", 1)):
        with recorded(site) as statements:
            site.visitor().get(path)
        asked = [sql for sql, _ in statements if not ("course_heads" in sql and "JOIN" not in sql)]
        assert len(asked) == count, asked
        assert full_scans(site, statements, small=("course_heads", "editions", "anon")) == []
