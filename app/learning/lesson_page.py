"""How a lesson is shown."""

from datetime import timedelta

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.policies import Viewer
from app.content.tree import Unit
from app.kernel import i18n
from app.kernel.clock import now
from app.learning.openings import note
from app.learning.queries import Met
from app.learning.unit_pages import register
from app.learning.views import frame_of
from app.web.pages import render
from app.web.routing import unit as database_unit

RELOAD = timedelta(minutes=5)


def show_lesson(request: Request, db: Session, viewer: Viewer | None, met: Met, unit: Unit) -> Response:
    """The page of a lesson: the same for everybody, with progress for who is enrolled."""
    lang = i18n.language.get()
    return render(
        request,
        "learning/lesson.html",
        course=met.course.text(lang),
        met=met,
        unit=unit,
        text=unit.text(lang),
        frame=frame_of(db, viewer, met, unit, lang),
        viewer=viewer,
    )


def note_opening(met: Met, unit: Unit) -> None:
    """Remembers that an enrolled learner is here, a moment after the page has left; a reload says nothing new."""
    mine = met.enrollment
    if mine is not None and (mine.last_unit_id != unit.id or now() - mine.last_seen_at > RELOAD):
        note(database_unit(), mine.id, unit.id)


register("lesson", show_lesson)
