"""Handing in."""

from datetime import datetime

from sqlmodel import Session

from app.content.numbers import NumberStyle
from app.content.tree import Exercise
from app.exercises.answers import GROUP, PARTY, as_handed_in
from app.exercises.drafts import Place
from app.exercises.models import Party, State, Submission, SubmissionVersion


def hand_in(
    db: Session,
    submission: Submission,
    *,
    place: Place,
    exercise: Exercise,
    texts: dict[str, str],
    style: NumberStyle,
    moment: datetime,
) -> None:
    """Makes the next version of what the draft holds; it waits for a mentor from now on. The caller holds the row.

    Work that waits already, or is accepted, stays as it is: handing in twice is handing in once.
    """
    if not submission.is_open:
        return
    is_group = texts.get(PARTY) == Party.GROUP
    submission.party = Party.GROUP if is_group else Party.PERSON
    submission.group_note = texts.get(GROUP, "") if is_group else ""
    submission.version += 1
    submission.edition_id = place.edition_id
    submission.state = State.WAITING
    submission.submitted_at = moment
    submission.seen_at = moment
    db.add(submission)
    db.add(
        SubmissionVersion(
            submission_id=submission.id,
            number=submission.version,
            edition_id=place.edition_id,
            party=submission.party,
            group_note=submission.group_note,
            answers=as_handed_in(exercise, texts, style),
            submitted_at=moment,
        )
    )
    db.flush()


def mark_seen(db: Session, submission: Submission, moment: datetime) -> None:
    """The learner has opened what a mentor said."""
    if submission.has_news:
        submission.seen_at = moment
        db.add(submission)
