"""What a mentor said counts as seen once its page was opened: noted behind the reader's back, since a GET only reads."""

from concurrent.futures import Future
from datetime import datetime
from uuid import UUID

import structlog
from sqlmodel import Session

from app.exercises.actions import mark_seen
from app.exercises.models import Submission
from app.kernel.clock import now
from app.web.routing import unit

_log = structlog.get_logger("exercises")


def note_seen(submission: Submission) -> None:
    """Queues that the learner has opened what was said of a submission. Never waits."""
    if submission.has_news:
        lane, submission_id, moment = unit(), submission.id, now()
        lane.readers.submit(lane.write_now, lambda db: _write(db, submission_id, moment)).add_done_callback(_report)


def _write(db: Session, submission_id: UUID, moment: datetime) -> None:
    found = db.get(Submission, submission_id, with_for_update=True)
    if found is not None:
        mark_seen(db, found, moment)


def _report(future: "Future[None]") -> None:
    if (error := future.exception()) is not None:
        _log.warning("seen_not_written", reason=type(error).__name__)
