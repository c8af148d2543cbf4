"""What is published, as cards; and search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.catalog.models import CourseHead, Edition, SearchEntry, SearchTerm
from app.catalog.summaries import CourseCard, card_of
from app.catalog.weights import page_weight
from app.catalog.words import stems
from app.kernel.i18n import LANGUAGES

MOST_RESULTS = 30
MOST_WORDS = 8  # of a query; the rest says nothing more

_published = (
    select(CourseHead.course_slug, Edition.summary)
    .join(Edition, col(Edition.id) == CourseHead.edition_id)
    .order_by(col(CourseHead.sort_order), col(CourseHead.course_slug))
)


@dataclass(frozen=True)
class Hit:
    """A page that search found. `weight` is bytes; a course has no module and no unit."""

    course: str
    course_title: str
    module: str
    unit: str
    kind: str
    title: str
    excerpt: str
    minutes: int
    weight: int


def published_courses(db: Session, language: str) -> list[CourseCard]:
    """A card of every published course, in the order of the catalogue."""
    rows: Sequence[Any] = db.connection().execute(_published).all()
    return [card_of(slug, number, summary, language) for number, (slug, summary) in enumerate(rows, 1)]


def _matches(language: str, terms: list[str]) -> Any:
    """Entries that hold every term, the heaviest first."""
    return (
        select(SearchTerm.entry_id, func.sum(SearchTerm.weight).label("weight"))
        .where(SearchTerm.language == language, col(SearchTerm.term).in_(terms))
        .group_by(col(SearchTerm.entry_id))
        .having(func.count() == len(terms))
        .order_by(func.sum(SearchTerm.weight).desc(), col(SearchTerm.entry_id))
        .limit(MOST_RESULTS)
        .subquery()
    )


def search(db: Session, text: str, language: str, cards: Sequence[CourseCard]) -> list[Hit]:
    """Pages that hold every word of a query in some form, best first, shown in `language`.

    Words are looked for in the reader's language, and where that finds nothing in the other one.
    """
    for spoken in (language, *(other for other in LANGUAGES if other != language)):
        terms = list(stems(text, spoken))[:MOST_WORDS]
        if terms and (found := _hits(db, spoken, terms, language)):
            titles = {card.slug: card.title for card in cards}
            return [_hit(row, titles) for row in found]
    return []


def _hits(db: Session, spoken: str, terms: list[str], language: str) -> Sequence[Any]:
    found = _matches(spoken, terms)
    entry = aliased(SearchEntry)
    shown = aliased(SearchEntry) if spoken != language else entry
    statement = select(
        shown.course_slug,
        shown.module_slug,
        shown.unit_slug,
        shown.kind,
        shown.title,
        shown.excerpt,
        shown.minutes,
        shown.weight,  # type: ignore[call-overload]  # SQLModel types four columns at most
    )
    statement = statement.select_from(found).join(entry, col(entry.id) == found.c.entry_id)
    if spoken != language:
        twin: tuple[Any, ...] = (
            shown.course_slug == entry.course_slug,
            shown.module_slug == entry.module_slug,
            shown.unit_slug == entry.unit_slug,
        )
        statement = statement.join(shown, and_(*twin, col(shown.language) == bindparam("language")))
    statement = statement.order_by(found.c.weight.desc(), shown.course_slug, shown.module_slug, shown.unit_slug)
    return db.connection().execute(statement, {"language": language} if spoken != language else {}).all()


def _hit(row: Any, titles: dict[str, str]) -> Hit:
    course, module, unit, kind, title, excerpt, minutes, weight = row
    return Hit(course, titles.get(course, course), module, unit, kind, title, excerpt, minutes, page_weight(kind, weight))
