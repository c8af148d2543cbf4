"""The desks of quizzes: open answers for mentors; gains and extended limits for coordinators."""

from typing import Annotated
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import SignedIn, require, require_somewhere
from app.accounts.names import possible_names
from app.catalog.courses import compiled, head_edition_id
from app.catalog.queries import published_courses
from app.content.tree import Course
from app.kernel.errors import N_, NotFound
from app.quizzes import pages
from app.quizzes.accommodations import accommodations_of, learner_called, set_accommodation
from app.quizzes.desk_forms import AccommodationForm, MarkForm
from app.quizzes.gains import FEWEST, gains
from app.quizzes.mentoring import answer_to_read, mark_answer, waiting_answers
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router
from app.web.templates import address

router = feature_router()
VERB = "review_submission"
ANSWER = "/{lang:language}/mentor/answers/{attempt_id}/{question_id}"
COURSE = "/{lang:language}/admin/courses/{course}"


@router.get("/{lang:language}/mentor/answers", name="quizzes.answers")
def list_answers(request: Request, db: Db, viewer: SignedIn) -> Response:
    """Open answers that wait, the oldest first."""
    require_somewhere(viewer, VERB)
    waiting = waiting_answers(db, viewer.scopes_for(VERB), viewer.id)
    lines = [(line, pages.screen_of(db, viewer, line.attempt, line.question_id), pages.surroundings(db, line.attempt)) for line in waiting]
    return render(request, "quizzes/answers.html", lines=lines)


@router.get(ANSWER, name="quizzes.answer")
def show_answer(request: Request, db: Db, viewer: SignedIn, attempt_id: UUID, question_id: str) -> Response:
    attempt = answer_to_read(db, viewer, attempt_id, question_id)
    require(viewer, VERB, ("course", attempt.course_slug))
    return pages.answer_to_mark(request, db, viewer, attempt, question_id=question_id, form=Form[MarkForm]())


@router.post(ANSWER, name="quizzes.mark_answer")
def mark(
    request: Request, db: Db, viewer: SignedIn, attempt_id: UUID, question_id: str, form: Annotated[Form[MarkForm], reads(MarkForm)]
) -> Response:
    """Gives points and words, and totals the attempt anew."""
    attempt = answer_to_read(db, viewer, attempt_id, question_id, to_change=True)
    require(viewer, VERB, ("course", attempt.course_slug))
    highest = attempt.graded[question_id]["maximum"]
    if form.given is not None and float(form.given.points) > highest:
        form.reject("points", N_("Give at most %(highest)s points."), highest=round(highest))
    if not form.valid:
        return pages.answer_to_mark(request, db, viewer, attempt, question_id=question_id, form=form)
    given = form.data
    mark_answer(db, attempt, question_id, points=float(given.points), words=given.words, mentor=viewer, base=given.base)
    return see_other(address("quizzes.answers"))


def course_of(db: Db, course: str) -> Course:
    """The course of the path as it is published now. Raises NotFound."""
    edition_id = head_edition_id(db, course)
    if edition_id is None:
        raise NotFound
    return compiled(db, edition_id)


@router.get("/{lang:language}/admin/courses", name="quizzes.courses_desk")
def list_courses(request: Request, db: Db, viewer: SignedIn) -> Response:
    """The courses whose learners the coordinator looks after."""
    require_somewhere(viewer, "read_progress")
    cards = [card for card in published_courses(db, request.path_params["lang"]) if viewer.may("read_progress", ("course", card.slug))]
    return render(request, "quizzes/courses_desk.html", cards=cards)


@router.get(COURSE + "/gains", name="quizzes.gains")
def show_gains(request: Request, db: Db, viewer: SignedIn, course: str) -> Response:
    """What people gained between the questions at the start and those at the end, in sums."""
    require(viewer, "read_progress", ("course", course))
    found = course_of(db, course)
    return render(request, "quizzes/gains.html", course=found, sums=gains(db, found), fewest=FEWEST)


@router.get(COURSE + "/accommodations", name="quizzes.accommodations")
def show_accommodations(request: Request, db: Db, viewer: SignedIn, course: str) -> Response:
    require(viewer, "set_accommodation", ("course", course))
    return _accommodations(request, db, course, Form[AccommodationForm]())


@router.post(COURSE + "/accommodations", name="quizzes.set_accommodation")
def extend(
    request: Request, db: Db, viewer: SignedIn, course: str, form: Annotated[Form[AccommodationForm], reads(AccommodationForm)]
) -> Response:
    """Gives one person more time or more attempts."""
    require(viewer, "set_accommodation", ("course", course))
    course_of(db, course)
    names = [name.subject for name in possible_names(form.data.name, viewer.region)] if form.given else []
    person = next((found for name in names if (found := learner_called(db, course, name))), None)
    if form.given is not None and person is None:
        form.reject("name", N_("Nobody in this course signs in with this name."))
    if not form.valid or person is None:
        return _accommodations(request, db, course, form)
    given = form.data
    factor, extra = float(given.time_factor), given.extra_attempts
    set_accommodation(db, person, course, time_factor=factor, extra_attempts=extra, coordinator=viewer)
    return see_other(address("quizzes.accommodations", course=course))


def _accommodations(request: Request, db: Db, course: str, form: Form[AccommodationForm]) -> Response:
    found, people = course_of(db, course), accommodations_of(db, course)
    status = 422 if form.errors else 200
    return render(request, "quizzes/accommodations.html", status=status, course=found, people=people, form=form)
