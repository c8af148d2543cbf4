"""Mail of accounts: a folder of templates per message, text and HTML, in the person's language."""

from typing import Any

from sqlmodel import Session

from app.kernel import mail, outbox
from app.web.templates import environment


def send(db: Session, message: str, to: str, language: str, **values: Any) -> None:
    """Puts the message on its way: templates/accounts/emails/<message>/{subject.txt,body.txt,body.html}."""
    made = environment(language)

    def part(name: str) -> str:
        return made.get_template(f"accounts/emails/{message}/{name}").render(**values)

    payload = {"to": to, "subject": " ".join(part("subject.txt").split()), "text": part("body.txt"), "html": part("body.html")}
    outbox.enqueue(db, mail.KIND, payload | {"language": language})
