"""Reviewing: what a mentor says of a version, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import delete
from sqlmodel import Session, col

from app.accounts.policies import Viewer
from app.content.tree import Exercise
from app.exercises.models import Review, ReviewDraft, State, Submission
from app.exercises.notices import tell_learner
from app.kernel import audit
from app.kernel.errors import N_
from app.learning.actions import record_result

LONGEST_WORDS = 8_000  # characters
LEDGER_KIND = "exercise"
SOURCE_KIND = "submission"
Verdict = Literal["accept", "revise"]

NO_LEVEL = N_("Choose a level.")
NO_WORDS = N_("Write what should change, so that the next version can be better.")
TOO_LONG = N_("This is too long. Please write at most %(longest)s characters.")


@dataclass
class Opinion:
    """What a mentor gives: a level by criterion id, and words. `version` is the one they read."""

    version: int
    scores: dict[str, int] = field(default_factory=dict)
    words: str = ""

    @property
    def points(self) -> int:
        return sum(self.scores.values())


def maximum_of(exercise: Exercise) -> int:
    """The most points a piece of work can get."""
    return sum(max(criterion.levels) for criterion in exercise.criteria)


def meets(exercise: Exercise, scores: Mapping[str, int]) -> bool:
    """Whether scores reach the rule of acceptance: the points in sum, and no criterion at or under `no_level`."""
    rule = exercise.acceptance
    return sum(scores.values()) >= rule.points and all(level > rule.no_level for level in scores.values())


def faults_of(exercise: Exercise, opinion: Opinion, verdict: Verdict) -> tuple[dict[str, str], bool]:
    """What is missing (a message id by criterion id, or "words"), and whether the rule stands against accepting."""
    faults = {}
    if verdict == "accept":
        faults = {criterion.id: NO_LEVEL for criterion in exercise.criteria if criterion.id not in opinion.scores}
    if verdict == "revise" and not opinion.words.strip():
        faults["words"] = NO_WORDS
    if len(opinion.words) > LONGEST_WORDS:
        faults["words"] = TOO_LONG
    return faults, verdict == "accept" and not faults and not meets(exercise, opinion.scores)


def is_decided(submission: Submission, opinion: Opinion) -> bool:
    """Whether somebody has decided on the version that this opinion is about."""
    return submission.state != State.WAITING or submission.version != opinion.version


def decide(
    db: Session, submission: Submission, *, exercise: Exercise, opinion: Opinion, verdict: Verdict, mentor: Viewer, moment: datetime
) -> Review:
    """Writes the review, moves the work on and tells the learner. The caller holds the row and has checked the opinion."""
    review = Review(
        submission_id=submission.id,
        version=submission.version,
        mentor_id=mentor.id,
        scores=opinion.scores,
        words=opinion.words,
        verdict=verdict,
        created_at=moment,
    )
    db.add(review)
    accepted = verdict == "accept"
    submission.state = State.ACCEPTED if accepted else State.REVISE
    submission.points = opinion.points if accepted else None
    submission.decided_at = moment
    db.add(submission)
    db.execute(delete(ReviewDraft).where(col(ReviewDraft.submission_id) == submission.id))
    db.flush()
    details = {"verdict": verdict, "version": submission.version, "points": opinion.points}
    audit.record(db, mentor.id, "submission_reviewed", f"submission:{submission.id}", **details)
    if accepted:
        _report(db, submission, exercise)
    tell_learner(db, submission)
    return review


def save_opinion(db: Session, submission: Submission, opinion: Opinion, mentor: Viewer, moment: datetime) -> ReviewDraft | None:
    """Keeps what a mentor has begun to say; None when the version is decided or the words are too long to keep."""
    if is_decided(submission, opinion) or len(opinion.words) > LONGEST_WORDS:
        return None
    draft = db.get(ReviewDraft, (submission.id, submission.version, mentor.id))
    draft = draft or ReviewDraft(submission_id=submission.id, version=submission.version, mentor_id=mentor.id)
    if (draft.scores, draft.words) != (opinion.scores, opinion.words):
        draft.scores, draft.words, draft.saved_at = opinion.scores, opinion.words, moment
        db.add(draft)
        db.flush()
    return draft


def _report(db: Session, submission: Submission, exercise: Exercise) -> None:
    record_result(
        db,
        submission.enrollment_id,
        submission.unit_id,
        LEDGER_KIND,
        score=submission.points or 0,
        maximum=maximum_of(exercise),
        passed=True,
        source_kind=SOURCE_KIND,
        source_id=submission.id,
        attempt_number=submission.version,
    )
