"""The page of a quiz in its course: what it is, its rules in words, where one stands, and the button."""

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.policies import Viewer
from app.content.tree import Quiz
from app.kernel import i18n
from app.kernel.clock import now
from app.learning.queries import Met
from app.learning.views import frame_of
from app.quizzes.actions import counting_attempt
from app.quizzes.gains import gain_of
from app.quizzes.limits import effective_limits
from app.quizzes.queries import accommodation_of, attempts_made, is_past, turns
from app.quizzes.rules import rules_in_words
from app.web.pages import render


def quiz_page(request: Request, db: Session, viewer: Viewer | None, met: Met, unit: Quiz) -> Response:
    """Draws a quiz for whoever asks; visitors read what it is."""
    person = accommodation_of(db, viewer.id, met.course.slug) if viewer and met.enrollment else None
    limits = effective_limits(unit.rules, None, person)
    made = attempts_made(db, met.enrollment.id, unit.id) if met.enrollment else []
    stand = turns(made, limits, now())
    language = i18n.language.get()
    return render(
        request,
        "quizzes/quiz.html",
        viewer=viewer,
        met=met,
        course=met.course.text(language),
        unit=unit,
        text=unit.text(language),
        frame=frame_of(db, viewer, met, unit, language),
        rules=rules_in_words(unit, limits),
        stand=stand,
        counting=counting_attempt(made, unit.rules.grade),
        is_over=stand.running is not None and is_past(stand.running, now()),
        is_extended=person is not None,
        gain=gain_of(db, met.course, met.enrollment.id, unit.id) if met.enrollment else None,
    )
