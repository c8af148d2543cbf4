"""What exercises add elsewhere: their unit page, what is new on /me, personal data."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.accounts import personal_data
from app.accounts.personal_data import Erasure
from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.exercises.documents import document_lines
from app.exercises.drafts import kept_drafts
from app.exercises.models import Review, ReviewDraft, Submission
from app.exercises.pages import unit_page
from app.exercises.queries import news_for, versions_of
from app.kernel import i18n
from app.kernel.errors import N_
from app.learning import panels, unit_pages
from app.web.templates import address

FEEDBACK = N_("Feedback on %(title)s")


def install() -> None:
    """Registers everything; doing it twice changes nothing."""
    unit_pages.register("exercise", unit_page)
    panels.waiting("exercises", feedback_lines)
    panels.documents("exercises", document_lines)
    personal_data.register_exporter("exercises", export_submissions)
    personal_data.register_eraser("exercises", erase_submissions)


def feedback_lines(db: Session, viewer: Viewer) -> list[panels.Waiting]:
    """What mentors said that the learner has not opened yet."""
    return [_line(db, submission) for submission in news_for(db, viewer.id)]


def _line(db: Session, submission: Submission) -> panels.Waiting:
    unit = compiled(db, submission.edition_id).unit_by_id(submission.unit_id)
    title = unit.title(i18n.language.get()) if unit else submission.unit_id
    text = i18n.translate(FEEDBACK) % {"title": title}
    return panels.Waiting(text, address("exercises.submission", submission_id=submission.id), is_new=True)


def export_submissions(db: Session, user_id: UUID) -> dict[str, Any]:
    """Every piece of work of a person: drafts, versions, what mentors said (unnamed); and what they said of others' work."""
    mine = select(Submission).where(Submission.user_id == user_id).order_by(col(Submission.created_at))
    given = db.exec(select(Review).where(Review.mentor_id == user_id).order_by(col(Review.created_at)))
    return {
        "work": [_exported(db, submission) for submission in db.exec(mine)],
        "reviews_given": [review.model_dump(include={"scores", "words", "verdict", "created_at"}) for review in given],
    }


def erase_submissions(db: Session, user_id: UUID, _erasure: Erasure) -> None:
    """Deletes the person's work with all its versions; what they said of others' work stays, without their name."""
    db.execute(delete(Submission).where(col(Submission.user_id) == user_id))
    db.execute(delete(ReviewDraft).where(col(ReviewDraft.mentor_id) == user_id))
    db.execute(update(Review).where(col(Review.mentor_id) == user_id).values(mentor_id=None))


def _exported(db: Session, submission: Submission) -> dict[str, Any]:
    versions = []
    for reviewed in reversed(versions_of(db, submission.id)):
        review = reviewed.review.model_dump(include={"scores", "words", "verdict", "created_at"}) if reviewed.review else None
        versions.append(reviewed.version.model_dump(exclude={"submission_id"}) | {"review": review})
    drafts = {
        field_id: [{"value": one.value, "standing": one.standing, "saved_at": one.saved_at} for one in kept.revisions]
        for field_id, kept in kept_drafts(db, submission.id).items()
    }
    return submission.model_dump(exclude={"user_id"}) | {"drafts": drafts, "versions": versions}
