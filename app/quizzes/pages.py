"""The pages of an attempt, put together from what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.content.numbers import style_of
from app.content.tree import Quiz
from app.kernel import i18n
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.kernel.i18n import translate as _
from app.kernel.revisions import Given, Kept
from app.quizzes.actions import quiz_of
from app.quizzes.answers import kept_answers, save_answers
from app.quizzes.forms import Posted
from app.quizzes.gains import gain_of
from app.quizzes.given import START, Fields
from app.quizzes.limits import effective_limits, time_left
from app.quizzes.models import Attempt
from app.quizzes.paper import items_of
from app.quizzes.queries import accommodation_of, attempts_made, marks_of, turns
from app.quizzes.results import ResultView, result_lines
from app.quizzes.screens import Clock, QuestionScreen, Reader, screens_of
from app.web.forms import Form
from app.web.fragments import wants_fragment
from app.web.pages import render
from app.web.templates import address


@dataclass(frozen=True)
class Surroundings:
    """Where an attempt stands: its quiz, the words around it, the way back."""

    title: str
    course_title: str
    unit_url: str
    course_url: str


def surroundings(db: Session, attempt: Attempt) -> Surroundings:
    course = compiled(db, attempt.edition_id)
    quiz = quiz_of(db, attempt)
    language = i18n.language.get()
    unit_url = f"/{language}/courses/{attempt.course_slug}/{quiz.module}/{quiz.slug}"
    return Surroundings(quiz.title(language), course.title(language), unit_url, f"/{language}/courses/{attempt.course_slug}")


def reader_of(viewer: Viewer) -> Reader:
    return Reader(i18n.language.get(), style_of(viewer.region))


def clock_of(attempt: Attempt, moment: datetime) -> Clock:
    left = time_left(attempt.started_at, attempt.deadline_at, moment)
    return Clock(attempt.deadline_at, None if left is None else int(left.total_seconds()))


def screens(db: Session, viewer: Viewer, attempt: Attempt, kept: Mapping[str, Kept] | None = None) -> list[QuestionScreen]:
    """Every question of an attempt with what is kept of its answer."""
    kept = kept_answers(db, attempt.id) if kept is None else kept
    return screens_of(quiz_of(db, attempt), items_of(attempt.paper), kept, reader_of(viewer))


def around(db: Session, attempt: Attempt) -> dict[str, Any]:
    """What every page of an attempt shows besides its questions."""
    return {
        "place": surroundings(db, attempt),
        "clock": clock_of(attempt, now()),
        "attempt": attempt,
        "attempt_url": address("quizzes.attempt", attempt_id=attempt.id),
        "save_url": address("quizzes.save", attempt_id=attempt.id),
        "submit_url": address("quizzes.submit", attempt_id=attempt.id),
    }


def questions(request: Request, db: Session, viewer: Viewer, attempt: Attempt, *, at: str, posted: Posted | None = None) -> Response:
    """One question, or all of them; after a rejected save filled as it was sent, with 422."""
    every = screens(db, viewer, attempt)
    if posted is not None:
        for screen in every:
            screen.error, screen.typed = posted.errors.get(screen.id, ""), posted.typed.get(screen.id)
    place: int | str = "all" if at == "all" else _place(at, every)
    shown = every if place == "all" else [screen for screen in every if screen.number == place]
    return render(
        request,
        "quizzes/attempt.html",
        status=422 if posted else 200,
        screens=every,
        shown=shown,
        at=place,
        notice=posted.notice if posted else "",
        **around(db, attempt),
    )


def state(request: Request, db: Session, viewer: Viewer, attempt: Attempt, *, posted: Posted, kept: Mapping[str, Kept]) -> Response:
    """What is kept of the one answer that a script saved."""
    screen = next((one for one in screens(db, viewer, attempt, kept) if one.id == posted.only), None)
    if screen is None:
        return render(request, "quizzes/_refused.html", status=422, words=posted.notice)
    screen.error, screen.typed = posted.errors.get(screen.id, ""), posted.typed.get(screen.id)
    return render(request, "quizzes/_state.html", status=422 if screen.error else 200, q=screen)


def review(request: Request, db: Session, viewer: Viewer, attempt: Attempt, *, asked: bool = False) -> Response:
    """What is answered and what is missing, before handing in. `asked`: a number's meaning was not chosen."""
    every = screens(db, viewer, attempt)
    return render(
        request,
        "quizzes/review.html",
        status=422 if asked else 200,
        screens=every,
        missing=sum(not screen.is_complete for screen in every),
        doubtful=[screen for screen in every if screen.is_doubtful],
        asked=asked,
        is_last=_is_last(db, viewer, attempt),
        **around(db, attempt),
    )


def result(request: Request, db: Session, viewer: Viewer, attempt: Attempt) -> Response:
    """What was reached, why, and what comes next."""
    course, quiz = compiled(db, attempt.edition_id), quiz_of(db, attempt)
    limits = effective_limits(quiz.rules, None, accommodation_of(db, viewer.id, attempt.course_slug))
    every = screens(db, viewer, attempt)
    stand = turns(attempts_made(db, attempt.enrollment_id, attempt.unit_id), limits, now())
    view = ResultView(attempt, quiz, result_lines(course, every, attempt, marks_of(db, attempt.id)), stand, limits)
    return render(
        request,
        "quizzes/result.html",
        view=view,
        strong="; ".join(lesson.title(i18n.language.get()) for lesson in view.strong),
        after=course.neighbours(quiz)[1],
        gain=gain_of(db, course, attempt.enrollment_id, attempt.unit_id),
        set_aside=[(screen, row.value) for screen in every for row in [*screen.kept.rivals, *screen.kept.late]],
        **around(db, attempt),
    )


def time_is_up(request: Request, db: Session, attempt: Attempt) -> Response:
    words = _("Your time ended at %(time)s. What you had saved by then is handed in and counts.")
    values = around(db, attempt) | {"words": words % {"time": i18n.time_text(attempt.deadline_at or now())}}
    return render(request, "quizzes/over.html", title=_("Time is up"), late=[], **values)


def too_late(request: Request, db: Session, viewer: Viewer, attempt: Attempt, posted: Posted) -> Response:
    """Answers that came after the end: kept apart, and said so."""
    ended = i18n.moment_text(attempt.submitted_at or now())
    words = _("This quiz was handed in on %(when)s. What you sent now came afterwards and does not count.") % {"when": ended}
    values = around(db, attempt) | {"words": words, "submit_url": ""}
    if wants_fragment(request):
        return render(request, "quizzes/_late.html", status=409, **values)
    late = [(screen, row.value) for screen in screens(db, viewer, attempt) if screen.id in posted.given for row in screen.kept.late]
    return render(request, "quizzes/over.html", status=409, title=_("This came after the end"), late=late, **values)


def screen_of(db: Session, viewer: Viewer, attempt: Attempt, question_id: str) -> QuestionScreen:
    """One question of somebody's attempt. Raises NotFound when the attempt has none of this id."""
    found = next((screen for screen in screens(db, viewer, attempt) if screen.id == question_id), None)
    if found is None:
        raise NotFound
    return found


def answer_to_mark(request: Request, db: Session, viewer: Viewer, attempt: Attempt, *, question_id: str, form: Form[Any]) -> Response:
    """An open answer beside its model answer, with the form for points and words."""
    screen = screen_of(db, viewer, attempt, question_id)
    course = compiled(db, attempt.edition_id)
    line = next(line for line in result_lines(course, [screen], attempt, marks_of(db, attempt.id)))
    status = 422 if form.errors else 200
    place = surroundings(db, attempt)
    return render(request, "quizzes/answer.html", status=status, line=line, form=form, place=place, attempt=attempt)


def next_address(attempt: Attempt, posted: Posted) -> str:
    """Where a saved form leads: by `go`, from `at`."""
    base = address("quizzes.attempt", attempt_id=attempt.id)
    if posted.use or posted.go == "stay":
        return f"{base}?view=all#{posted.use[0] if posted.use else ''}" if posted.at == "all" else f"{base}?question={posted.at}"
    if posted.go in ("all", "review"):
        return f"{base}?view={posted.go}"
    if posted.go.isdigit():
        return f"{base}?question={posted.go}"
    here = int(posted.at) if posted.at.isdigit() else 0
    there = here - 1 if posted.go == "previous" else here + 1
    return f"{base}?view=review" if there > len(attempt.paper) else f"{base}?question={max(1, there)}"


def doubts(db: Session, viewer: Viewer, attempt: Attempt) -> list[QuestionScreen]:
    """Questions whose number can be read two ways and was not asked about yet."""
    return [screen for screen in screens(db, viewer, attempt) if screen.is_doubtful]


def settle_meanings(db: Session, viewer: Viewer, attempt: Attempt, fields: Fields, moment: datetime) -> None:
    """Takes what the person says a number means, where the page before handing in asked."""
    given = {}
    for screen in screens(db, viewer, attempt):
        meant = fields.one(f"{START}{screen.id}.reading")
        if screen.is_doubtful and meant in [meaning.id for meaning in screen.meanings]:
            given[screen.id] = Given(screen.kept.value | {"number": meant, "meant": True}, screen.kept.base, "")
    save_answers(db, attempt.id, given, moment)


def _is_last(db: Session, viewer: Viewer, attempt: Attempt) -> bool:
    quiz: Quiz = quiz_of(db, attempt)
    limits = effective_limits(quiz.rules, None, accommodation_of(db, viewer.id, attempt.course_slug))
    return limits.left(attempt.number) == 0


def _place(at: str, every: list[QuestionScreen]) -> int:
    """The question to show: the one asked for, else the first that is not complete, else the first."""
    numbers = [screen.number for screen in every]
    if at.isascii() and at.isdigit() and int(at) in numbers:
        return int(at)
    return next((screen.number for screen in every if not screen.is_complete), numbers[0] if numbers else 1)
