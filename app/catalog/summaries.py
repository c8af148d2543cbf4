"""What the catalogue needs of a course without compiling it: written when it is published, read as a card."""

from dataclasses import dataclass
from typing import Any

from app.catalog.weights import first_view, page_weight, text_weight, texts_weight, uses_htmx, whole_course
from app.content.tree import Course


@dataclass(frozen=True)
class Sample:
    """A lesson that shows what the course is like. `weight` is bytes for somebody who comes for the first time."""

    module: str
    unit: str
    title: str
    minutes: int
    weight: int


@dataclass(frozen=True)
class CourseCard:
    """A published course, in one language. `minutes` are those of its lessons; `weight` is bytes of all of it."""

    slug: str
    number: int
    topic: str
    title: str
    subtitle: str
    summary: str
    takeaway: str
    takeaway_text: str
    lessons: int
    exercises: int
    minutes: int
    weight: int
    sample: Sample | None


def summary_of(course: Course) -> dict[str, Any]:
    """The summary that an edition stores, plain JSON."""
    lessons = [unit for unit in course.units if unit.kind == "lesson"]
    sample = course.unit(*course.sample) if course.sample else next(iter(lessons), None)
    texts = {}
    for language in course.languages:
        text = course.text(language)
        texts[language] = {
            "title": text.title,
            "subtitle": text.subtitle,
            "summary": text.summary,
            "takeaway": text.takeaway,
            "takeaway_text": text.takeaway_text,
            "weight": texts_weight(course, language),
            "sample_title": sample.title(language) if sample else "",
            "sample_weight": text_weight(sample, language) if sample else 0,
        }
    return {
        "order": course.order,
        "topic": course.topic,
        "aliases": list(course.aliases),
        "lessons": len(lessons),
        "exercises": sum(1 for unit in course.units if unit.kind == "exercise"),
        "units": len(course.units),
        "htmx": uses_htmx(course),
        "minutes": sum(unit.minutes for unit in lessons),
        "sample": {"module": sample.module, "unit": sample.slug, "kind": sample.kind, "minutes": sample.minutes} if sample else None,
        "texts": texts,
    }


def card_of(slug: str, number: int, summary: dict[str, Any], language: str) -> CourseCard:
    """A summary as a card, in the language asked for or in the one that exists; `number` is its place in the catalogue."""
    texts = summary["texts"]
    text = texts.get(language) or next(iter(texts.values()))
    sample = None
    if shown := summary["sample"]:
        weight = first_view(page_weight(shown["kind"], text["sample_weight"]))
        sample = Sample(shown["module"], shown["unit"], text["sample_title"], shown["minutes"], weight)
    return CourseCard(
        slug=slug,
        number=number,
        topic=summary["topic"],
        title=text["title"],
        subtitle=text["subtitle"],
        summary=text["summary"],
        takeaway=text["takeaway"],
        takeaway_text=text["takeaway_text"],
        lessons=summary["lessons"],
        exercises=summary["exercises"],
        minutes=summary["minutes"],
        weight=whole_course(text["weight"], summary["units"], summary["htmx"]),
        sample=sample,
    )
