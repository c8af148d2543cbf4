"""Pages of quizzes: begin, answer, check, hand in, see the result."""

from typing import Annotated
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import SignedIn
from app.content.numbers import style_of
from app.content.tree import Quiz
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.learning.dependencies import Enrolled, MetUnit
from app.quizzes import pages
from app.quizzes.actions import Place, close, hand_in, quiz_of, start_attempt
from app.quizzes.answers import choose, save_answers
from app.quizzes.forms import read_posted
from app.quizzes.given import Fields
from app.quizzes.limits import effective_limits
from app.quizzes.models import Attempt
from app.quizzes.paper import items_of
from app.quizzes.queries import accommodation_of, is_past, my_attempt
from app.web.forms import clean
from app.web.fragments import see_other, wants_fragment
from app.web.routing import Db, Found, feature_router
from app.web.templates import address

router = feature_router()


def own_attempt(db: Db, viewer: SignedIn, attempt_id: UUID) -> Attempt:
    """The viewer's attempt. Raises NotFound for anybody else's."""
    return my_attempt(db, attempt_id, viewer.id)


def own_attempt_to_change(db: Db, viewer: SignedIn, attempt_id: UUID) -> Attempt:
    """The viewer's attempt, held until the request is done."""
    return my_attempt(db, attempt_id, viewer.id, to_change=True)


OwnAttempt = Annotated[Attempt, Found(own_attempt)]
OwnAttemptToChange = Annotated[Attempt, Found(own_attempt_to_change)]


@router.post("/{lang:language}/courses/{course}/{module}/{unit}/attempts", name="quizzes.start")
def start(db: Db, viewer: SignedIn, met: Enrolled, found: MetUnit) -> Response:
    if not isinstance(found.unit, Quiz):
        raise NotFound
    limits = effective_limits(found.unit.rules, None, accommodation_of(db, viewer.id, met.course.slug))
    place = Place(met.enrollment_id, met.course.slug, met.edition_id, found.unit)
    return see_other(address("quizzes.attempt", attempt_id=start_attempt(db, place, limits)))


@router.get("/{lang:language}/attempts/{attempt_id}", name="quizzes.attempt")
def show(request: Request, db: Db, viewer: SignedIn, attempt: OwnAttempt, *, question: str = "", view: str = "") -> Response:
    if not attempt.is_open:
        return pages.result(request, db, viewer, attempt)
    if is_past(attempt, now()):
        return pages.time_is_up(request, db, attempt)
    if view == "review":
        return pages.review(request, db, viewer, attempt)
    return pages.questions(request, db, viewer, attempt, at="all" if view == "all" else question[:8])


@router.post("/{lang:language}/attempts/{attempt_id}/answers", name="quizzes.save")
def save(request: Request, db: Db, viewer: SignedIn, attempt: OwnAttemptToChange) -> Response:
    posted = read_posted(fields_of(request), quiz_of(db, attempt), items_of(attempt.paper), style_of(viewer.region))
    moment = now()
    is_late = not attempt.is_open or is_past(attempt, moment)
    kept = save_answers(db, attempt.id, posted.given, moment, late=is_late)
    if is_late:
        close(db, attempt, moment)
        return pages.too_late(request, db, viewer, attempt, posted)
    if posted.use:
        choose(db, attempt.id, *posted.use, page=posted.page, moment=moment)
    if wants_fragment(request):
        return pages.state(request, db, viewer, attempt, posted=posted, kept=kept)
    if posted.is_rejected:
        return pages.questions(request, db, viewer, attempt, at=posted.at, posted=posted)
    return see_other(pages.next_address(attempt, posted))


@router.post("/{lang:language}/attempts/{attempt_id}/submission", name="quizzes.submit")
def submit(request: Request, db: Db, viewer: SignedIn, attempt: OwnAttemptToChange) -> Response:
    moment = now()
    if attempt.is_open and not is_past(attempt, moment):
        pages.settle_meanings(db, viewer, attempt, fields_of(request), moment)
        if pages.doubts(db, viewer, attempt):
            return pages.review(request, db, viewer, attempt, asked=True)
        hand_in(db, attempt, moment)
    close(db, attempt, moment)
    return see_other(address("quizzes.attempt", attempt_id=attempt.id))


def fields_of(request: Request) -> Fields:
    """Every text field that was posted, cleaned; files are not answers."""
    return Fields((name, clean(value)) for name, value in request.state.form.multi_items() if isinstance(value, str))
