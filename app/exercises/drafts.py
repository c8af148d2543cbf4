"""Drafts: the texts of a submission's fields, kept by revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.exercises.models import DraftAnswer, State, Submission
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.revisions import Given, Kept, Revision, Standing

Drafts = dict[str, Kept]

_columns = (
    select(  # type: ignore[call-overload]
        DraftAnswer.field_id, DraftAnswer.revision, DraftAnswer.value, DraftAnswer.standing, DraftAnswer.page, DraftAnswer.saved_at
    )
    .where(DraftAnswer.submission_id == bindparam("submission_id"))
    .order_by(DraftAnswer.field_id, DraftAnswer.revision)
)
_of_fields = _columns.where(col(DraftAnswer.field_id).in_(bindparam("field_ids", expanding=True)))
_insert = insert(DraftAnswer)


@dataclass(frozen=True)
class Place:
    """Whose work it is, and where it belongs."""

    enrollment_id: UUID
    user_id: UUID
    course_slug: str
    edition_id: UUID
    unit_id: str


def held_submission(db: Session, place: Place) -> Submission:
    """The submission of a place, begun now unless there is one, its row held until the request is done."""
    values = {
        "id": new_id(),
        "enrollment_id": place.enrollment_id,
        "user_id": place.user_id,
        "course_slug": place.course_slug,
        "unit_id": place.unit_id,
        "edition_id": place.edition_id,
        "party": "person",
        "group_note": "",
        "state": State.DRAFT.value,
        "version": 0,
        "created_at": now(),
    }
    into = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(into(Submission).values(values).on_conflict_do_nothing())
    mine = select(Submission).where(Submission.enrollment_id == place.enrollment_id, Submission.unit_id == place.unit_id)
    return db.exec(mine.with_for_update()).one()


def kept_drafts(db: Session, submission_id: UUID, field_ids: Iterable[str] | None = None) -> Drafts:
    """What is kept of a submission's fields (of some, or of all), by field id."""
    values: dict[str, Any] = {"submission_id": submission_id}
    if field_ids is not None:
        values["field_ids"] = list(field_ids)
    kept: Drafts = {}
    for field_id, *row in db.connection().execute(_columns if field_ids is None else _of_fields, values):
        kept.setdefault(field_id, Kept()).revisions.append(Revision(*row))
    return kept


def save_drafts(db: Session, submission: Submission, given: Mapping[str, Given], moment: datetime) -> tuple[Drafts, set[str]]:
    """Saves texts; returns what is kept of these fields now, and the ids of those that were set aside.

    The caller holds the submission's row. What comes while a mentor has the work is set aside, never lost.
    """
    kept = kept_drafts(db, submission.id, given) if given else {}
    rows, aside = [], set()
    for field_id, text in given.items():
        mine = kept.setdefault(field_id, Kept())
        standing = mine.standing_of(text, too_late=None if submission.is_open else Standing.CONFLICT)
        if standing is not None:
            rows.append(_as_stored(submission.id, field_id, mine.add(text.value, standing, text.page, moment)))
        if standing is Standing.CONFLICT:
            aside.add(field_id)
    if rows:
        db.connection().execute(_insert, rows)
    return kept, aside


def choose(db: Session, submission: Submission, field_id: str, number: int, *, page: str, moment: datetime) -> Kept:
    """Settles a conflict: the text of that revision counts from now on. An unknown revision changes nothing."""
    kept = kept_drafts(db, submission.id, [field_id]).get(field_id, Kept())
    chosen = kept.revision(number)
    if chosen is not None and submission.is_open and (kept.rivals or chosen.value != kept.value):
        made = kept.add(chosen.value, Standing.COUNTS, page, moment)
        db.connection().execute(_insert, [_as_stored(submission.id, field_id, made)])
    return kept


def texts_of(kept: Drafts) -> dict[str, str]:
    """The texts that count, by field id."""
    return {field_id: mine.value for field_id, mine in kept.items() if mine.value is not None}


def _as_stored(submission_id: UUID, field_id: str, made: Revision) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "field_id": field_id,
        "revision": made.number,
        "value": made.value,
        "standing": str(made.standing),
        "page": made.page,
        "saved_at": made.saved_at,
    }
