"""Courses as the interface shows them: from what is published now."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.catalog.courses import compiled
from app.catalog.models import CourseHead, Edition
from app.catalog.summaries import card_of
from app.catalog.weights import unit_weight
from app.content import tree
from app.interop.api_v1.answers import CardText, Completion, Course, CourseCard, CourseList, CourseText, Language, Module, ModuleText, Unit
from app.interop.api_v1.answers import UnitText as UnitWords
from app.kernel.errors import NotFound
from app.web.templates import absolute

_columns = (CourseHead.course_slug, Edition.id, Edition.number, Edition.published_at, Edition.summary)
_published = (
    select(*_columns)  # type: ignore[call-overload]
    .join(Edition, col(Edition.id) == CourseHead.edition_id)
    .order_by(col(CourseHead.sort_order), col(CourseHead.course_slug))
)
_one = _published.where(CourseHead.course_slug == bindparam("slug"))


def published(db: Session) -> CourseList:
    """A card of every published course."""
    return CourseList(courses=[_card(row) for row in db.connection().execute(_published)])


def course_with_outline(db: Session, slug: str) -> Course:
    """A published course with its modules and units. Raises NotFound."""
    row = db.connection().execute(_one, {"slug": slug}).first()
    if row is None:
        raise NotFound
    card, course = _card(row), compiled(db, row.id)
    words = {language: _words(course, language, card.texts[language]) for language in card.texts}
    return Course(
        **card.model_dump(exclude={"texts"}),
        texts=words,
        id=course.id,
        hours=course.hours,
        license=course.license,
        updated=course.updated,
        completion=Completion(**asdict(course.completion)),
        modules=[_module(course, module) for module in course.modules],
    )


def _card(row: Any) -> CourseCard:
    texts = {}
    for language in _languages(row.summary["texts"]):
        card = card_of(row.course_slug, 0, row.summary, language)
        texts[language] = CardText(
            title=card.title,
            subtitle=card.subtitle,
            summary=card.summary,
            takeaway=card.takeaway,
            bytes=card.weight,
            page=absolute(f"/{language}/courses/{card.slug}"),
        )
    return CourseCard(
        slug=row.course_slug,
        topic=row.summary["topic"],
        edition=row.number,
        published_at=row.published_at,
        lessons=row.summary["lessons"],
        exercises=row.summary["exercises"],
        minutes=row.summary["minutes"],
        texts=texts,
        self=absolute(f"/api/v1/courses/{row.course_slug}"),
    )


def _words(course: tree.Course, language: str, card: CardText) -> CourseText:
    text = course.text(language)
    return CourseText(
        **card.model_dump(),
        audience=text.audience,
        outcomes=list(text.outcomes),
        authors=list(text.authors),
        reviewers=list(text.reviewers),
    )


def _module(course: tree.Course, module: tree.Module) -> Module:
    titles = {language: ModuleText(title=module.title(language)) for language in _languages(module.texts)}
    units = [_unit(course, unit) for unit in module.units]
    return Module(id=module.id, slug=module.slug, minutes=module.minutes, texts=titles, units=units)


def _unit(course: tree.Course, unit: tree.Unit) -> Unit:
    words = {}
    for language in _languages(unit.texts):
        page = absolute(f"/{language}/courses/{course.slug}/{unit.module}/{unit.slug}")
        words[language] = UnitWords(title=unit.title(language), bytes=unit_weight(unit, language), page=page)
    return Unit(id=unit.id, slug=unit.slug, kind=unit.kind, minutes=unit.minutes, texts=words)


def _languages(texts: Mapping[str, object]) -> list[Language]:
    return cast(list[Language], list(texts))
