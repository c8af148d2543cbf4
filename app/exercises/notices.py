"""Telling a learner that a mentor has answered: by mail where there is a verified address."""

from sqlmodel import Session, col, select

from app.accounts.models import Identity, User
from app.exercises.models import Submission
from app.kernel import mail, outbox
from app.web.templates import absolute, address, environment


def tell_learner(db: Session, submission: Submission) -> None:
    """Puts a letter on its way. It names neither course nor verdict: others may see the screen it arrives on."""
    row = db.exec(
        select(Identity.subject, User.language)
        .join(User, col(User.id) == Identity.user_id)
        .where(Identity.user_id == submission.user_id, Identity.issuer == "email", col(Identity.verified_at).is_not(None))
        .where(col(User.disabled_at).is_(None))
    ).first()
    if row is None:
        return
    to, language = row
    link = absolute(address("exercises.submission", lang=language, submission_id=submission.id))
    made = environment(language)

    def part(name: str) -> str:
        return made.get_template(f"exercises/emails/feedback/{name}").render(link=link)

    payload = {"to": to, "subject": " ".join(part("subject.txt").split()), "text": part("body.txt"), "html": part("body.html")}
    outbox.enqueue(db, mail.KIND, payload | {"language": language})
