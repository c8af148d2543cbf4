"""The index of search, written when a course is published."""

import re
from collections import Counter
from html import unescape

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from app.catalog.models import SearchEntry, SearchTerm
from app.catalog.weights import text_weight, texts_weight
from app.catalog.words import stems
from app.content.tree import Course, Quiz, Unit
from app.kernel.i18n import LANGUAGES
from app.kernel.ids import new_id

TITLE, SUMMARY, TEXT = 12, 4, 1  # how much a word weighs by where it stands
_TAG = re.compile(r"<[^>]*>")
MOST_OF_ONE_WORD = 5  # in the text: long pages do not win by repeating


def index_course(db: Session, course: Course) -> None:
    """Replaces what search knows of a course."""
    db.execute(delete(SearchEntry).where(col(SearchEntry.course_slug) == course.slug))
    entries: list[SearchEntry] = []
    terms: list[dict[str, object]] = []
    for language in LANGUAGES:
        found = [_course_entry(course, language)]
        found += [_unit_entry(course, unit, language) for unit in course.units]
        for entry, words in found:
            entries.append(entry)
            terms += [{"entry_id": entry.id, "language": language, "term": term, "weight": weight} for term, weight in words.items()]
    db.add_all(entries)
    db.flush()
    if terms:
        db.execute(insert(SearchTerm), terms)


def _course_entry(course: Course, language: str) -> tuple[SearchEntry, Counter[str]]:
    text = course.text(language)
    entry = SearchEntry(
        id=new_id(),
        course_slug=course.slug,
        language=language,
        kind="course",
        title=text.title[:200],
        excerpt=text.summary[:400],
        minutes=course.minutes,
        weight=texts_weight(course, language),
    )
    title = f"{text.title} {text.subtitle}"
    return entry, _weighed(language, title, f"{text.summary} {text.audience}", f"{' '.join(text.outcomes)} {text.takeaway}")


def _unit_entry(course: Course, unit: Unit, language: str) -> tuple[SearchEntry, Counter[str]]:
    text = unit.text(language)
    plain = " ".join(text.plain.split())
    entry = SearchEntry(
        id=new_id(),
        course_slug=course.slug,
        language=language,
        module_slug=unit.module,
        unit_slug=unit.slug,
        kind=unit.kind,
        title=text.title[:200],
        excerpt=shortened(words_of(text.rule or text.html), 180),
        minutes=unit.minutes,
        weight=text_weight(unit, language),
    )
    asked = " ".join(question.text(language).plain for question in unit.questions) if isinstance(unit, Quiz) else ""
    return entry, _weighed(language, text.title, words_of(text.rule), f"{plain} {asked}")


def _weighed(language: str, title: str, summary: str, body: str) -> Counter[str]:
    words: Counter[str] = Counter()
    for text, weight, most in ((title, TITLE, 1), (summary, SUMMARY, 1), (body, TEXT, MOST_OF_ONE_WORD)):
        for term, count in stems(text, language).items():
            words[term] += weight * min(count, most)
    return words


def shortened(text: str, length: int) -> str:
    """The beginning of a text up to a whole word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def words_of(html: str) -> str:
    """The words of HTML in one line. (Of a quiz that is its introduction: an excerpt never shows a question.)"""
    return " ".join(unescape(_TAG.sub("", html)).split())
