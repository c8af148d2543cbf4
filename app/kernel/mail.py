"""Mail: text and HTML, by SMTP or into a folder. Sent through the outbox only."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from app.kernel.ids import new_id
from app.kernel.settings import settings

KIND = "mail"
TIMEOUT = 20  # seconds


def send_mail(payload: dict[str, Any]) -> None:
    """Sends {to, subject, text, html, language}. Raises OSError or smtplib.SMTPException when it could not."""
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = payload["to"]
    message["Subject"] = payload["subject"]
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=urlsplit(settings().base_url).hostname or "localhost")
    message["Content-Language"] = payload["language"]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(payload["text"])
    message.add_alternative(payload["html"], subtype="html")
    url = urlsplit(settings().mail_url)
    if url.scheme == "folder":
        folder = Path(url.path or url.netloc)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{new_id()}.eml").write_bytes(bytes(message))
        return
    connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with connect(url.hostname or "localhost", url.port or (465 if url.scheme == "smtps" else 587), timeout=TIMEOUT) as server:
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)
