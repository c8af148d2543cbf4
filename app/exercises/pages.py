"""The learner's pages: an exercise with its form, and what was handed in."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.content.numbers import NumberStyle, style_of
from app.content.tree import Course, Exercise
from app.exercises.drafts import Drafts, kept_drafts
from app.exercises.forms import PostedDraft
from app.exercises.models import State, Submission
from app.exercises.queries import Reviewed, submission_of_unit, versions_of
from app.exercises.reviewing import maximum_of
from app.exercises.screens import VersionScreen, answer_screens, field_screens, rubric_screens
from app.exercises.seen import note_seen
from app.kernel import i18n
from app.kernel.errors import NotFound
from app.kernel.revisions import Kept
from app.learning.queries import Met
from app.learning.views import frame_of, unit_path
from app.web.pages import render
from app.web.templates import address


@dataclass(frozen=True)
class Surroundings:
    """Where a piece of work stands: its exercise, the words around it, the way back."""

    exercise: Exercise
    title: str
    course_title: str
    course_url: str
    unit_url: str

    @property
    def form_url(self) -> str:
        return f"{self.unit_url}/draft"


def surroundings(course: Course, exercise: Exercise) -> Surroundings:
    language = i18n.language.get()
    urls = unit_path(language, course.slug, None), unit_path(language, course.slug, exercise)
    return Surroundings(exercise, exercise.title(language), course.title(language), *urls)


def exercise_of(course: Course, unit_id: str) -> Exercise:
    """The exercise of a unit id. Raises NotFound where the edition has none."""
    found = course.unit_by_id(unit_id)
    if not isinstance(found, Exercise):
        raise NotFound
    return found


def place_of(db: Session, submission: Submission) -> Surroundings:
    course = compiled(db, submission.edition_id)
    return surroundings(course, exercise_of(course, submission.unit_id))


def style_for(viewer: Viewer | None) -> NumberStyle:
    return style_of(viewer.region if viewer else i18n.region.get())


def unit_page(request: Request, db: Session, viewer: Viewer | None, met: Met, unit: Exercise) -> Response:
    """The page of an exercise: what it asks, how it is read, and, for who is enrolled, how their work stands.

    The form has a page of its own: both together weigh more than one page may.
    """
    submission = submission_of_unit(db, met.enrollment_id, unit.id) if met.enrollment else None
    if submission:
        note_seen(submission)
    language = i18n.language.get()
    return render(
        request,
        "exercises/exercise.html",
        text=unit.text(language),
        course=met.course.text(language),
        unit=unit,
        frame=frame_of(db, viewer, met, unit, language),
        viewer=viewer,
        rubric=rubric_screens(unit, {}),
        enrolled=met.enrollment is not None,
        **_standing(db, viewer, met, unit, submission),
    )


def form_page(
    request: Request,
    db: Session,
    viewer: Viewer,
    met: Met,
    unit: Exercise,
    *,
    submission: Submission | None,
    posted: PostedDraft | None = None,
    status: int = 200,
    notice: str = "",
) -> Response:
    """The form with its drafts. After a post that could not be taken as it was: filled as sent, a message beside each field."""
    style = style_for(viewer)
    kept = kept_drafts(db, submission.id) if submission else {}
    return render(
        request,
        "exercises/form.html",
        status=status,
        fields=posted.onto(unit, kept, style) if posted else field_screens(unit, kept, style),
        notice=notice,
        strangers=posted.strangers if posted else [],
        submit_url=address("exercises.hand_in", course=met.course.slug, module=unit.module, unit=unit.slug),
        **_standing(db, viewer, met, unit, submission),
    )


def _standing(db: Session, viewer: Viewer | None, met: Met, unit: Exercise, submission: Submission | None) -> dict[str, Any]:
    versions = version_screens(db, submission, style_for(viewer)) if submission and submission.version else []
    return {
        "place": surroundings(met.course, unit),
        "submission": submission,
        "last": versions[0] if versions else None,
        "maximum": maximum_of(unit),
        "state_class": State,
    }


def field_state(request: Request, viewer: Viewer, unit: Exercise, *, kept: Drafts, posted: PostedDraft, submission: Submission) -> Response:
    """What is kept of the one field that a script saved."""
    screen = next((one for one in posted.onto(unit, kept, style_for(viewer)) if one.id == posted.only), None)
    if screen is None or posted.strangers:
        return render(request, "exercises/_unknown.html", status=422)
    status = 422 if screen.error else 200 if submission.is_open else 409
    return render(request, "exercises/_state.html", status=status, f=screen, late=not submission.is_open, submission=submission)


def version_screens(db: Session, submission: Submission, style: NumberStyle) -> list[VersionScreen]:
    """Every version, the newest first, each by the edition it was written for."""
    return [_version(db, submission, reviewed, style) for reviewed in versions_of(db, submission.id)]


def _version(db: Session, submission: Submission, reviewed: Reviewed, style: NumberStyle) -> VersionScreen:
    exercise = exercise_of(compiled(db, reviewed.version.edition_id), submission.unit_id)
    scores = reviewed.review.scores if reviewed.review else {}
    return VersionScreen(
        reviewed, answer_screens(exercise, reviewed.version.answers, style), rubric_screens(exercise, scores), maximum_of(exercise)
    )


def submission_page(request: Request, db: Session, viewer: Viewer, submission: Submission) -> Response:
    """What was handed in, version by version, and what mentors said of it."""
    place = place_of(db, submission)
    if submission.user_id == viewer.id:
        note_seen(submission)
    kept = kept_drafts(db, submission.id) if submission.user_id == viewer.id else {}
    values: dict[str, Any] = {"versions": version_screens(db, submission, style_for(viewer)), "is_own": submission.user_id == viewer.id}
    aside = [] if submission.is_open else set_aside(place.exercise, kept, style_for(viewer))
    return render(request, "exercises/submission.html", place=place, submission=submission, aside=aside, state_class=State, **values)


def set_aside(exercise: Exercise, kept: Drafts, style: NumberStyle) -> list[tuple[str, Kept]]:
    """(label, what is kept) of fields whose texts came while the work was with a mentor."""
    return [(screen.words.label, screen.kept) for screen in field_screens(exercise, kept, style) if screen.kept.rivals]
