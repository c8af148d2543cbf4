"""What a page costs the phone: one place for the figures, held to real answers by tests/contracts/test_weights.py.

Pages travel compressed, so every figure is bytes on the wire, headers included.
"""

from functools import lru_cache

from app.content.tree import Course, Unit
from app.kernel.settings import settings
from app.web.static import static_files

FRAME = 2_300  # head, navigation, foot, end of the lesson and the headers of the answer
PICTURE_HEADERS = 450  # an answer's headers, once for every picture
HTMX = 12_500  # htmx 4.0.1, brotli, with the headers of its answer
STYLE_HEADERS = 450
KINDS_WITH_HTMX = frozenset({"quiz", "exercise"})


@lru_cache
def style() -> int:
    """Bytes of the stylesheet, which a phone loads once."""
    static = static_files()
    return len(static.files[static.names["css/tequio.css"]].encoded["br"]) + STYLE_HEADERS


def text_weight(unit: Unit, language: str) -> int:
    """Bytes of a unit's text and pictures, as the catalogue stores them."""
    return unit.weight(language) + PICTURE_HEADERS * len(unit.text(language).pictures)


def page_weight(kind: str, text: int) -> int:
    """Bytes of a unit's page: text, pictures, frame, and htmx where the page loads it."""
    return text + FRAME + (htmx() if kind in KINDS_WITH_HTMX else 0)


def unit_weight(unit: Unit, language: str) -> int:
    return page_weight(unit.kind, text_weight(unit, language))


def first_view(page: int) -> int:
    """Bytes of a page for somebody who comes for the first time: the stylesheet is loaded as well."""
    return page + style()


def whole_course(texts: int, pages: int, with_htmx: bool) -> int:
    """Bytes of a course read from beginning to end: the stylesheet and htmx are loaded once."""
    return texts + FRAME * (pages + 1) + style() + (htmx() if with_htmx else 0)


def texts_weight(course: Course, language: str) -> int:
    return sum(text_weight(unit, language) for unit in course.units)


def uses_htmx(course: Course) -> bool:
    return any(unit.kind in KINDS_WITH_HTMX for unit in course.units)


@lru_cache
def htmx() -> int:
    """Bytes of htmx; nothing where a site has switched it off."""
    return HTMX if settings().htmx_url else 0
