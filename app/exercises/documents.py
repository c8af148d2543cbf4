"""The learner's documents: which parts of a business plan or an agreement the exercises have filled so far."""

from uuid import UUID

from sqlalchemy import and_
from sqlmodel import Session, col, select

from app.accounts.policies import Viewer
from app.catalog.courses import compiled
from app.content.tree import Exercise
from app.exercises.models import State, Submission
from app.kernel import i18n
from app.kernel.errors import N_
from app.learning import panels
from app.learning.models import Enrollment
from app.web.templates import address

TITLES = {
    "business-plan": N_("Business plan"),
    "partners-agreement": N_("Partners' agreement"),
    "financing-proposal": N_("Financing proposal"),
    "governance-plan": N_("Governance plan"),
}

_accepted = (
    select(Enrollment.edition_id, Submission.unit_id)
    .outerjoin(Submission, and_(col(Submission.enrollment_id) == Enrollment.id, col(Submission.state) == State.ACCEPTED))
    .where(col(Enrollment.withdrawn_at).is_(None))
    .order_by(col(Enrollment.enrolled_at))
)


def document_lines(db: Session, viewer: Viewer) -> list[panels.Document]:
    """Every document that a learner's courses fill: how many of its parts a mentor has accepted, and where to go on.

    That is the first part that is not accepted yet, else the first of all.
    """
    done: dict[UUID, set[str | None]] = {}
    for edition_id, unit_id in db.exec(_accepted.where(Enrollment.user_id == viewer.id)):
        done.setdefault(edition_id, set()).add(unit_id)
    parts: dict[str, list[tuple[bool, str]]] = {}
    for edition_id, accepted in done.items():
        course = compiled(db, edition_id)
        for unit in course.units:
            if isinstance(unit, Exercise) and (name := unit.document.partition("/")[0]):
                place = address("learning.unit", course=course.slug, module=unit.module, unit=unit.slug)
                parts.setdefault(name, []).append((unit.id in accepted, place))
    return [
        panels.Document(
            title=i18n.translate(TITLES.get(name, name)),
            url=next((place for is_ready, place in found if not is_ready), found[0][1]),
            ready=sum(is_ready for is_ready, _ in found),
            parts=len(found),
        )
        for name, found in parts.items()
    ]
