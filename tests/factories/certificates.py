"""Learners who have finished a course."""

from pathlib import Path

from sqlmodel import Session, select

from app.catalog.commands import publish_folder
from app.catalog.models import CourseHead
from app.certificates.models import CertificateClaim
from app.kernel.clock import now
from app.learning.models import Enrollment
from tests.support.site import Browser, Site

CONTENT = Path(__file__).parents[1] / "fixtures" / "content"
COURSE = "market-stall"


def finished(site: Site, person: Browser, course: str = COURSE) -> Enrollment:
    """Enrolls a person in a published course and completes it, as the completion engine would."""
    publish_folder(site.unit, CONTENT, say=lambda _line: None)

    def complete(db: Session) -> Enrollment:
        head = db.exec(select(CourseHead).where(CourseHead.course_slug == course)).one()
        enrollment = Enrollment(user_id=person.user_id, course_slug=course, edition_id=head.edition_id, completed_at=now())
        db.add(enrollment)
        db.flush()
        db.add(CertificateClaim(enrollment_id=enrollment.id))
        return enrollment

    return site.write(complete)
