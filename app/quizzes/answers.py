"""Saving answers: an unchanged one writes nothing, an older page never overwrites, what loses is kept and shown.

Every page remembers the revision it showed of each answer (its base). A different text on an older base is a conflict,
unless the newer revisions came from that very page: then its own earlier save was merely still on its way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from app.quizzes.models import Answer, Standing

MOST_ASIDE = 20  # conflicts and late answers kept for one question

_columns = (
    select(Answer.question_id, Answer.revision, Answer.value, Answer.standing, Answer.page, Answer.saved_at)  # type: ignore[call-overload]
    .where(Answer.attempt_id == bindparam("attempt_id"))
    .order_by(Answer.question_id, Answer.revision)
)
_of_questions = _columns.where(col(Answer.question_id).in_(bindparam("question_ids", expanding=True)))
_insert = insert(Answer)


@dataclass(frozen=True)
class Row:
    revision: int
    value: Any
    standing: str
    page: str
    saved_at: datetime


@dataclass
class Kept:
    """What is kept of one answer: the revision that counts, and texts that were set aside after it."""

    rows: list[Row] = field(default_factory=list)

    @property
    def current(self) -> Row | None:
        return next((row for row in reversed(self.rows) if row.standing == Standing.COUNTS), None)

    @property
    def value(self) -> Any:
        """The answer that counts; None when there is none."""
        return self.current.value if self.current else None

    @property
    def revision(self) -> int:
        """The base that a page gets which shows this answer."""
        return self.current.revision if self.current else 0

    @property
    def rivals(self) -> list[Row]:
        """Other texts for the same answer, not chosen between yet."""
        return [row for row in self.rows if row.standing == Standing.CONFLICT and row.revision > self.revision]

    @property
    def late(self) -> list[Row]:
        """Texts that came after the end."""
        return [row for row in self.rows if row.standing == Standing.LATE]

    @property
    def next_revision(self) -> int:
        return self.rows[-1].revision + 1 if self.rows else 1

    def row(self, revision: int) -> Row | None:
        return next((row for row in self.rows if row.revision == revision), None)

    def value_at(self, base: int) -> Any:
        found = self.row(base)
        return found.value if found else None

    def newer_than(self, base: int) -> list[Row]:
        """Revisions that count and that a page which showed `base` had not seen when it was made."""
        return [row for row in self.rows if row.revision > base and row.standing == Standing.COUNTS]


@dataclass(frozen=True)
class Given:
    """An answer as a page sends it: the value, the revision the page had shown, and the page itself."""

    value: Any
    base: int
    page: str


def kept_answers(db: Session, attempt_id: UUID, question_ids: Iterable[str] | None = None) -> dict[str, Kept]:
    """What is kept of an attempt's answers (of some questions, or of all), by question id."""
    values: dict[str, Any] = {"attempt_id": attempt_id}
    if question_ids is not None:
        values["question_ids"] = list(question_ids)
    kept: dict[str, Kept] = {}
    for question_id, *row in db.connection().execute(_columns if question_ids is None else _of_questions, values):
        kept.setdefault(question_id, Kept()).rows.append(Row(*row))
    return kept


def save_answers(db: Session, attempt_id: UUID, given: Mapping[str, Given], moment: datetime, *, late: bool = False) -> dict[str, Kept]:
    """Saves answers and returns what is kept of them now. The caller holds the attempt's row."""
    kept = kept_answers(db, attempt_id, given) if given else {}
    rows = []
    for question_id, answer in given.items():
        mine = kept.setdefault(question_id, Kept())
        standing = _standing(mine, answer, late)
        if standing is not None:
            row = Row(mine.next_revision, answer.value, standing, answer.page, moment)
            mine.rows.append(row)
            rows.append(_as_stored(attempt_id, question_id, row))
    if rows:
        db.connection().execute(_insert, rows)
    return kept


def choose(db: Session, attempt_id: UUID, question_id: str, revision: int, *, page: str, moment: datetime) -> Kept:
    """Settles a conflict: the text of `revision` counts from now on. An unknown revision changes nothing."""
    kept = kept_answers(db, attempt_id, [question_id]).get(question_id, Kept())
    chosen = kept.row(revision)
    if chosen is not None and (kept.rivals or chosen.value != kept.value):
        row = Row(kept.next_revision, chosen.value, Standing.COUNTS, page, moment)
        kept.rows.append(row)
        db.connection().execute(_insert, [_as_stored(attempt_id, question_id, row)])
    return kept


def _standing(kept: Kept, answer: Given, late: bool) -> Standing | None:
    """How an answer is to be kept, or None when there is nothing new in it."""
    if answer.value == kept.value:
        return None
    newer = kept.newer_than(answer.base)
    is_own = bool(answer.page) and all(row.page == answer.page for row in newer)
    if newer and not is_own and answer.value == kept.value_at(answer.base):
        return None  # an untouched field of an older page
    if not late and (not newer or is_own):
        return Standing.COUNTS
    aside = Standing.LATE if late else Standing.CONFLICT
    others = [row for row in kept.rows if row.standing == aside]
    return None if any(row.value == answer.value for row in others) or len(others) >= MOST_ASIDE else aside


def _as_stored(attempt_id: UUID, question_id: str, row: Row) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "question_id": question_id,
        "revision": row.revision,
        "value": row.value,
        "standing": str(row.standing),
        "page": row.page,
        "saved_at": row.saved_at,
    }
