"""Who reviews what: maps submissions to the scopes of the one table in accounts."""

from app.accounts.policies import SITE, Viewer
from app.exercises.models import Submission

VERB = "review_submission"


def may_review(viewer: Viewer, submission: Submission) -> bool:
    """Whether a person may review a piece of work: in their scopes, and not their own."""
    return submission.user_id != viewer.id and viewer.may(VERB, ("course", submission.course_slug))


def reviewed_courses(viewer: Viewer) -> frozenset[str] | None:
    """The slugs of the courses a person reviews; None means every course."""
    scopes = viewer.scopes_for(VERB)
    return None if SITE in scopes else frozenset(scope_id for kind, scope_id in scopes if kind == "course")
