"""The learner's pages: write, save, hand in, see what was said."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import SignedIn
from app.content.tree import Exercise
from app.exercises import pages
from app.exercises.actions import hand_in, mark_seen
from app.exercises.answers import all_fields
from app.exercises.drafts import Place, choose, held_submission, kept_drafts, save_drafts, texts_of
from app.exercises.forms import read_draft
from app.exercises.models import Submission
from app.exercises.queries import submission_of_unit, visible_submission
from app.kernel.clock import now
from app.kernel.errors import N_, NotFound
from app.kernel.i18n import translate
from app.learning.dependencies import Enrolled, MetUnit
from app.learning.queries import Met
from app.web.forms import fields_of
from app.web.fragments import see_other, wants_fragment
from app.web.routing import Db, Found, feature_router
from app.web.templates import address

router = feature_router()

TWO_TEXTS = N_("Another open page of yours had saved a different text. Both are kept: choose the one that counts, then hand in.")


@dataclass(frozen=True)
class Desk:
    """What a learner works on: the exercise, where it belongs, and their submission, held until the request is done."""

    met: Met
    exercise: Exercise
    place: Place
    submission: Submission


def held_desk(db: Db, viewer: SignedIn, met: Enrolled, found: MetUnit) -> Desk:
    """The exercise of the path with the viewer's submission, begun if need be. Raises NotFound for other units."""
    if not isinstance(found.unit, Exercise):
        raise NotFound
    place = Place(met.enrollment_id, viewer.id, met.course.slug, met.edition_id, found.unit.id)
    return Desk(met, found.unit, place, held_submission(db, place))


HeldDesk = Annotated[Desk, Found(held_desk)]


@router.get("/{lang:language}/courses/{course}/{module}/{unit}/draft", name="exercises.form")
def write(request: Request, db: Db, viewer: SignedIn, met: Enrolled, found: MetUnit) -> Response:
    """The form, or what was handed in while it is with a mentor."""
    if not isinstance(found.unit, Exercise):
        raise NotFound
    submission = submission_of_unit(db, met.enrollment_id, found.unit.id)
    if submission and not submission.is_open:
        return see_other(address("exercises.submission", submission_id=submission.id))
    return pages.form_page(request, db, viewer, met, found.unit, submission=submission)


@router.get("/{lang:language}/courses/{course}/{module}/{unit}/submission", name="exercises.handed_in")
def back_to_form(found: MetUnit) -> Response:
    """A rejected form stands at the address it was sent to; a reload or the other language leads back to it."""
    if not isinstance(found.unit, Exercise):
        raise NotFound
    return see_other(pages.surroundings(found.met.course, found.unit).form_url)


@router.post("/{lang:language}/courses/{course}/{module}/{unit}/draft", name="exercises.save_draft")
def save(request: Request, db: Db, viewer: SignedIn, at: HeldDesk) -> Response:
    posted = read_draft(fields_of(request), at.exercise)
    moment = now()
    mark_seen(db, at.submission, moment)
    kept, aside = save_drafts(db, at.submission, posted.given, moment)
    if posted.use and posted.use[0] in {one.id for one in all_fields(at.exercise)}:
        choose(db, at.submission, *posted.use, page=posted.page, moment=moment)
    if wants_fragment(request):
        return pages.field_state(request, viewer, at.exercise, kept=kept, posted=posted, submission=at.submission)
    if posted.is_rejected:
        return pages.form_page(request, db, viewer, at.met, at.exercise, submission=at.submission, posted=posted, status=422)
    if not at.submission.is_open:
        return see_other(address("exercises.submission", submission_id=at.submission.id))
    here = posted.use[0] if posted.use else next(iter(aside), "form")
    return see_other(f"{pages.surroundings(at.met.course, at.exercise).form_url}#{here}")


@router.post("/{lang:language}/courses/{course}/{module}/{unit}/submission", name="exercises.hand_in")
def submit(request: Request, db: Db, viewer: SignedIn, at: HeldDesk) -> Response:
    posted = read_draft(fields_of(request), at.exercise)
    style, moment = pages.style_for(viewer), now()
    _, aside = save_drafts(db, at.submission, posted.given, moment)
    texts = texts_of(kept_drafts(db, at.submission.id))
    if at.submission.is_open:
        posted.check(at.exercise, texts, style)
        if posted.is_rejected or aside:
            status, notice = (409, translate(TWO_TEXTS)) if aside else (422, "")
            how: dict[str, Any] = {"submission": at.submission, "posted": posted, "status": status, "notice": notice}
            return pages.form_page(request, db, viewer, at.met, at.exercise, **how)
    hand_in(db, at.submission, place=at.place, exercise=at.exercise, texts=texts, style=style, moment=moment)
    return see_other(address("exercises.submission", submission_id=at.submission.id))


def visible(db: Db, viewer: SignedIn, submission_id: UUID) -> Submission:
    """A submission that the viewer wrote or reviews. Raises NotFound."""
    return visible_submission(db, submission_id, viewer)


@router.get("/{lang:language}/submissions/{submission_id}", name="exercises.submission")
def show(request: Request, db: Db, viewer: SignedIn, submission: Annotated[Submission, Found(visible)]) -> Response:
    return pages.submission_page(request, db, viewer, submission)
