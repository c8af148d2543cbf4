"""The mentor's pages: the waiting list, and one piece of work beside its rubric."""

from datetime import datetime

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.content.tree import Exercise
from app.exercises.models import Submission
from app.exercises.pages import exercise_of, place_of, style_for, version_screens
from app.exercises.queries import Waiting, done_lately, draft_of, name_of, review_of, waiting
from app.exercises.reviewing import LONGEST_WORDS, Opinion, is_decided, maximum_of
from app.exercises.screens import rubric_screens
from app.kernel import i18n
from app.kernel.clock import now
from app.web.pages import render


def age_text(since: datetime) -> str:
    """How long something has waited: in days, in hours under a day, in minutes under an hour."""
    minutes = max(1, int((now() - since).total_seconds() // 60))
    if minutes >= 24 * 60:
        return i18n.translate_plural("%(num)s day", "%(num)s days", minutes // (24 * 60)) % {"num": minutes // (24 * 60)}
    if minutes >= 60:
        return i18n.translate_plural("%(num)s hour", "%(num)s hours", minutes // 60) % {"num": minutes // 60}
    return i18n.translate_plural("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}


def desk_page(request: Request, db: Session, viewer: Viewer) -> Response:
    """How much waits, how old the oldest is, and where to start."""
    queue = waiting(db, viewer)
    return render(
        request,
        "exercises/desk.html",
        queue=queue,
        oldest=age_text(queue.oldest_at) if queue.oldest_at else "",
        rows=[(piece, *_titles(db, piece), age_text(piece.submitted_at)) for piece in queue.pieces],
        done=done_lately(db, viewer),
    )


def _titles(db: Session, piece: Waiting) -> tuple[str, str]:
    course, language = compiled(db, piece.edition_id), i18n.language.get()
    return exercise_of(course, piece.unit_id).title(language), course.title(language)


def exercise_under_review(db: Session, submission: Submission) -> Exercise:
    """The exercise of the newest version, in the edition it was written for."""
    return place_of(db, submission).exercise


def review_page(
    request: Request,
    db: Session,
    viewer: Viewer,
    submission: Submission,
    *,
    opinion: Opinion | None = None,
    errors: dict[str, str] | None = None,
    below: bool = False,
    status: int = 200,
) -> Response:
    """Work and rubric together. After a form that could not be taken: filled as it was sent (`below`: under the rule)."""
    place, style = place_of(db, submission), style_for(viewer)
    draft = draft_of(db, submission, viewer)
    if opinion is None:
        opinion = Opinion(submission.version, dict(draft.scores), draft.words) if draft else Opinion(submission.version)
    words = {name: i18n.translate(text) for name, text in (errors or {}).items()}
    words = {name: text % {"longest": f"{LONGEST_WORDS:,}"} if "%(" in text else text for name, text in words.items()}
    queue = waiting(db, viewer)
    decided = review_of(db, submission) if is_decided(submission, opinion) else None
    return render(
        request,
        "exercises/review.html",
        status=status,
        place=place,
        submission=submission,
        author=name_of(db, submission.user_id),
        versions=version_screens(db, submission, style),
        rubric=rubric_screens(place.exercise, opinion.scores, words),
        maximum=maximum_of(place.exercise),
        opinion=opinion,
        draft=draft,
        errors=words,
        below=below,
        is_decided=is_decided(submission, opinion),
        decided=decided,
        decided_by=name_of(db, decided.mentor_id) if decided else "",
        queue=queue,
        next_id=next((piece.id for piece in queue.pieces if piece.id != submission.id), None),
        age=age_text(submission.submitted_at or submission.created_at),
        done=done_lately(db, viewer),
    )
