"""The mentor's desk: what waits, one piece of work, what is said of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import SignedIn, require_somewhere
from app.accounts.policies import Viewer
from app.exercises import desk
from app.exercises.forms import read_opinion
from app.exercises.models import Submission
from app.exercises.policies import VERB
from app.exercises.queries import submission_to_review, waiting
from app.exercises.reviewing import Verdict, decide, faults_of, is_decided, save_opinion
from app.kernel.clock import now
from app.web.forms import fields_of
from app.web.fragments import see_other, wants_fragment
from app.web.pages import render
from app.web.routing import Db, Found, feature_router
from app.web.templates import address

router = feature_router()


def mentor(viewer: SignedIn) -> Viewer:
    """Somebody who reviews work somewhere. Raises NotFound for everybody else."""
    require_somewhere(viewer, VERB)
    return viewer


Mentor = Annotated[Viewer, Found(mentor)]


def piece_of_work(db: Db, viewer: Mentor, submission_id: UUID) -> Submission:
    """A piece of work within the mentor's scopes. Raises NotFound."""
    return submission_to_review(db, submission_id, viewer)


def held_piece_of_work(db: Db, viewer: Mentor, submission_id: UUID) -> Submission:
    """The same, held until the request is done."""
    return submission_to_review(db, submission_id, viewer, to_change=True)


PieceOfWork = Annotated[Submission, Found(piece_of_work)]
HeldPieceOfWork = Annotated[Submission, Found(held_piece_of_work)]


@router.get("/{lang:language}/mentor", name="exercises.desk")
def show_desk(request: Request, db: Db, viewer: Mentor) -> Response:
    return desk.desk_page(request, db, viewer)


@router.get("/{lang:language}/mentor/submissions/{submission_id}", name="exercises.review")
def show_work(request: Request, db: Db, viewer: Mentor, submission: PieceOfWork) -> Response:
    return desk.review_page(request, db, viewer, submission)


@router.get("/{lang:language}/mentor/submissions/{submission_id}/draft", name="exercises.saved_review")
@router.get("/{lang:language}/mentor/submissions/{submission_id}/review", name="exercises.decided")
def back_to_work(submission: PieceOfWork) -> Response:
    """A rejected form stands at the address it was sent to; a reload or the other language leads back to the work."""
    return see_other(address("exercises.review", submission_id=submission.id))


@router.post("/{lang:language}/mentor/submissions/{submission_id}/draft", name="exercises.save_review")
def save_draft(request: Request, db: Db, viewer: Mentor, submission: HeldPieceOfWork) -> Response:
    opinion = read_opinion(fields_of(request), desk.exercise_under_review(db, submission))
    draft = save_opinion(db, submission, opinion, viewer, now())
    if wants_fragment(request):
        return render(request, "exercises/_review_state.html", status=200 if draft else 409, draft=draft)
    if draft is None:
        return desk.review_page(request, db, viewer, submission, opinion=opinion, status=409)
    return see_other(address("exercises.review", submission_id=submission.id) + "#words")


@router.post("/{lang:language}/mentor/submissions/{submission_id}/review", name="exercises.decide")
def give_verdict(request: Request, db: Db, viewer: Mentor, submission: HeldPieceOfWork) -> Response:
    fields = fields_of(request)
    exercise = desk.exercise_under_review(db, submission)
    opinion = read_opinion(fields, exercise)
    if is_decided(submission, opinion):
        return desk.review_page(request, db, viewer, submission, opinion=opinion, status=409)
    verdict: Verdict = "accept" if fields.get("verdict") == "accept" else "revise"
    errors, below = faults_of(exercise, opinion, verdict)
    if errors or below:
        return desk.review_page(request, db, viewer, submission, opinion=opinion, errors=errors, below=below, status=422)
    decide(db, submission, exercise=exercise, opinion=opinion, verdict=verdict, mentor=viewer, moment=now())
    following = waiting(db, viewer, limit=1).next_id
    return see_other(address("exercises.review", submission_id=following) if following else address("exercises.desk"))
