"""Saving answers by revision: an unchanged one writes nothing, an older page never overwrites, what loses is kept and shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from app.kernel.revisions import Given, Kept, Revision, Standing
from app.quizzes.models import Answer

_columns = (
    select(Answer.question_id, Answer.revision, Answer.value, Answer.standing, Answer.page, Answer.saved_at)  # type: ignore[call-overload]
    .where(Answer.attempt_id == bindparam("attempt_id"))
    .order_by(Answer.question_id, Answer.revision)
)
_of_questions = _columns.where(col(Answer.question_id).in_(bindparam("question_ids", expanding=True)))
_insert = insert(Answer)


def kept_answers(db: Session, attempt_id: UUID, question_ids: Iterable[str] | None = None) -> dict[str, Kept]:
    """What is kept of an attempt's answers (of some questions, or of all), by question id."""
    values: dict[str, Any] = {"attempt_id": attempt_id}
    if question_ids is not None:
        values["question_ids"] = list(question_ids)
    kept: dict[str, Kept] = {}
    for question_id, *row in db.connection().execute(_columns if question_ids is None else _of_questions, values):
        kept.setdefault(question_id, Kept()).revisions.append(Revision(*row))
    return kept


def save_answers(db: Session, attempt_id: UUID, given: Mapping[str, Given], moment: datetime, *, late: bool = False) -> dict[str, Kept]:
    """Saves answers and returns what is kept of them now. The caller holds the attempt's row."""
    kept = kept_answers(db, attempt_id, given) if given else {}
    rows = []
    for question_id, answer in given.items():
        mine = kept.setdefault(question_id, Kept())
        standing = mine.standing_of(answer, too_late=Standing.LATE if late else None)
        if standing is not None:
            rows.append(_as_stored(attempt_id, question_id, mine.add(answer.value, standing, answer.page, moment)))
    if rows:
        db.connection().execute(_insert, rows)
    return kept


def choose(db: Session, attempt_id: UUID, question_id: str, number: int, *, page: str, moment: datetime) -> Kept:
    """Settles a conflict: the text of that revision counts from now on. An unknown revision changes nothing."""
    kept = kept_answers(db, attempt_id, [question_id]).get(question_id, Kept())
    chosen = kept.revision(number)
    if chosen is not None and (kept.rivals or chosen.value != kept.value):
        made = kept.add(chosen.value, Standing.COUNTS, page, moment)
        db.connection().execute(_insert, [_as_stored(attempt_id, question_id, made)])
    return kept


def _as_stored(attempt_id: UUID, question_id: str, made: Revision) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "question_id": question_id,
        "revision": made.number,
        "value": made.value,
        "standing": str(made.standing),
        "page": made.page,
        "saved_at": made.saved_at,
    }
