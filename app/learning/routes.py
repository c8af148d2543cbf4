"""Pages of learning: a course, its units, my page, reports of mistakes."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app.accounts.dependencies import MaybeSignedIn, SignedIn, require, require_somewhere
from app.catalog.weights import texts_weight, uses_htmx, whole_course
from app.kernel.errors import NotFound, TooMany
from app.kernel.i18n import kilobytes
from app.learning import mistakes, unit_pages
from app.learning.actions import enroll, finish_unit, withdraw
from app.learning.completion import complete_if_met, missing_in_words, rules_in_words, what_is_missing
from app.learning.dependencies import Enrolled, MetCourse, MetUnit
from app.learning.forms import AnswerForm, MistakeForm
from app.learning.lesson_page import note_opening
from app.learning.outline import continue_at, done_units, lessons_of, module_numbers, outline_of, standing_of
from app.learning.panels import panels_of
from app.learning.queries import find_unit, passed_units, progress_of, studies_of
from app.learning.views import going_of, unit_path
from app.web.forms import Form, reads
from app.web.fragments import see_other
from app.web.pages import render
from app.web.routing import Db, feature_router, slow

router = feature_router()
COURSE = "/{lang:language}/courses/{course}"
UNIT = COURSE + "/{module}/{unit}"


@router.get(COURSE, name="learning.course")
def show_course(request: Request, db: Db, viewer: MaybeSignedIn, met: MetCourse, lang: str) -> Response:
    """What a course gives, costs and demands, and one button."""
    course, text = met.course, met.course.text(lang)
    progress, passed = progress_of(db, met.enrollment), passed_units(db, met.enrollment)
    lessons = lessons_of(course)
    missing = what_is_missing(course, progress.opened, passed)
    at = continue_at(course, met.enrollment.last_unit_id, progress, passed) if met.enrollment else None
    return render(
        request,
        "learning/course.html",
        met=met,
        course=course,
        text=text,
        viewer=viewer,
        outline=outline_of(course, lang, done_units(course, progress, passed)),
        lessons=len(lessons),
        minutes=sum(lesson.minutes for lesson in lessons),
        exercises=sum(1 for unit in course.units if unit.kind == "exercise"),
        kilobytes=kilobytes(whole_course(texts_weight(course, lang), len(course.units), uses_htmx(course))),
        sample=course.unit(*course.sample) if course.sample else None,
        rules=rules_in_words(course),
        missing=missing_in_words(missing),
        at=at,
        at_path=unit_path(lang, course.slug, at),
        standing=standing_of(course, lang, progress.opened) if met.enrollment else None,
        path_to=lambda unit: unit_path(lang, course.slug, unit),
    )


@router.get(COURSE + "/print", name="learning.print_course")
@slow
def print_course(request: Request, db: Db, viewer: MaybeSignedIn, met: MetCourse, lang: str) -> Response:
    """The lessons of a course as one page, for paper."""
    return render(request, "learning/print.html", course=met.course, text=met.course.text(lang), numbers=module_numbers(met.course))


@router.post(COURSE + "/enrollment", name="learning.enroll")
def start_course(request: Request, db: Db, viewer: MaybeSignedIn, course: str, met: MetCourse, lang: str) -> Response:
    """Enrolls in one tap and opens the course where it goes on. Visitors sign up first."""
    course_path = unit_path(lang, course, None)
    if viewer is None:
        return see_other(f"/{lang}/sign-up?next={quote(course_path + '#start')}")
    enroll(db, viewer.id, course, met.edition_id)
    return see_other(f"{course_path}/continue")


@router.get(COURSE + "/continue", name="learning.continue")
def go_on(request: Request, db: Db, met: Enrolled, course: str, lang: str) -> Response:
    """To the unit where the learner goes on; to the course when nothing is left."""
    last = met.enrollment.last_unit_id if met.enrollment else ""
    at = continue_at(met.course, last, progress_of(db, met.enrollment), passed_units(db, met.enrollment))
    return see_other(unit_path(lang, course, at))


@router.post(COURSE + "/enrollment/withdrawal", name="learning.withdraw")
def leave_course(request: Request, db: Db, met: Enrolled, course: str, lang: str) -> Response:
    """Withdraws; everything the learner did is kept for when they come back."""
    withdraw(db, met.enrollment_id)
    return see_other(unit_path(lang, course, None) + "#start")


@router.get(UNIT, name="learning.unit")
def show_unit(request: Request, db: Db, viewer: MaybeSignedIn, found: MetUnit, lang: str) -> Response:
    """A lesson, or what quizzes and exercises have registered for their kind."""
    try:
        page = unit_pages.page_for(found.unit.kind)
    except KeyError:
        raise NotFound from None
    note_opening(found.met, found.unit)
    response: Response = page(request, db, viewer, found.met, found.unit)
    return response


@router.post(UNIT + "/done", name="learning.finish_unit")
def finish(request: Request, db: Db, met: Enrolled, module: str, unit: str, lang: str) -> Response:
    """Done with this one: on to the next, or to my page after the last."""
    found = find_unit(met, module, unit)
    finish_unit(db, met.enrollment_id, found.unit.id)
    complete_if_met(db, met.enrollment_id)
    _, after = met.course.neighbours(found.unit)
    return see_other(unit_path(lang, met.course.slug, after) if after else f"/{lang}/me")


@router.post(UNIT + "/mistakes", name="learning.report_mistake")
def report(
    request: Request, db: Db, viewer: SignedIn, found: MetUnit, form: Annotated[Form[MistakeForm], reads(MistakeForm)], lang: str
) -> Response:
    """Tells the authors what is wrong here."""
    if not form.valid:
        return render(request, "learning/mistake.html", status=422, form=form, found=found, text=found.unit.text(lang))
    if mistakes.report_mistake(db, found, viewer.id, lang, form.data.text) is None:
        raise TooMany(3600, mistakes.TOO_MANY)
    return see_other(f"{unit_path(lang, found.met.course.slug, found.unit)}#mistakes")


@router.get(UNIT + "/mistakes", name="learning.mistake")
def mistake_page(request: Request, db: Db, viewer: SignedIn, found: MetUnit, lang: str) -> Response:
    """The same form on a page of its own, where visitors come after signing in."""
    return render(request, "learning/mistake.html", form=Form[MistakeForm](), found=found, text=found.unit.text(lang))


@router.get("/{lang:language}/studio/mistakes", name="learning.mistakes")
def list_mistakes(request: Request, db: Db, viewer: SignedIn, lang: str) -> Response:
    """What readers have reported on the courses of an author."""
    require_somewhere(viewer, "answer_mistake")
    scopes = viewer.scopes_for("answer_mistake")
    waiting, answered = mistakes.reports_for(db, scopes), mistakes.reports_for(db, scopes, answered=True)
    return render(request, "learning/mistakes.html", waiting=waiting, answered=answered, form=Form[AnswerForm](), rejected=None)


@router.post("/{lang:language}/studio/mistakes/{report_id}/answer", name="learning.answer_mistake")
def answer(
    request: Request, db: Db, viewer: SignedIn, report_id: UUID, form: Annotated[Form[AnswerForm], reads(AnswerForm)], lang: str
) -> Response:
    """Answers a report; its reader sees the answer on the page."""
    reported = mistakes.report_by_id(db, report_id)
    require(viewer, "answer_mistake", ("course", reported.course_slug))
    if not form.valid:
        waiting = mistakes.reports_for(db, viewer.scopes_for("answer_mistake"))
        return render(request, "learning/mistakes.html", status=422, waiting=waiting, answered=[], form=form, rejected=report_id)
    mistakes.answer_mistake(db, reported, viewer.id, form.data.answer)
    return see_other(f"/{lang}/studio/mistakes")


@router.get("/{lang:language}/me", name="learning.me")
def my_page(request: Request, db: Db, viewer: SignedIn, lang: str) -> Response:
    """Continue first; then what waits, my documents, my certificates."""
    going = [going_of(study, lang) for study in studies_of(db, viewer.id)]
    return render(request, "learning/me.html", viewer=viewer, going=going, panels=panels_of(db, viewer))
