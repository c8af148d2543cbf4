"""The certificate on paper: a tagged PDF/A and PDF/UA, A4 and Letter, made by Typst. Nothing in it is markup from outside.

Names in scripts that no installed font has would be refused by PDF/UA; then the paper is made without the claim of
conformance, and the log says which fonts to install (fonts-noto-core, fonts-noto-cjk).
"""

import io
import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import structlog
import typst

from app.certificates.assessment import KNOWLEDGE_AND_WORK
from app.kernel import i18n
from app.kernel.errors import N_

SOURCE = Path(__file__).parent / "certificate.typ"
SEAL = Path(__file__).parents[2] / "static" / "seal.svg"
PAPERS = {"a4": "a4", "letter": "us-letter"}

_log = structlog.get_logger("certificates")

ASSESSED = {True: N_("Knowledge and practical work assessed"), False: N_("Knowledge assessed")}


@lru_cache
def _source() -> bytes:
    return SOURCE.read_bytes()


def address_of(serial: str, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/certificates/{serial}"


def paper_data(record: dict[str, Any], paper: str) -> dict[str, Any]:
    """What the paper says, in the record's language whoever asks for it."""
    token = i18n.language.set(record["language"])
    try:
        return _said(record, paper, record["language"])
    finally:
        i18n.language.reset(token)


def _said(record: dict[str, Any], paper: str, code: str) -> dict[str, Any]:
    issued = datetime.fromisoformat(record["issued_on"])

    def say(message: str) -> str:
        return i18n.translate(message, code)

    facts = [[say(N_("Date")), i18n.date_text(issued.date())]]
    facts.append(
        [say(N_("Length")), i18n.translate_plural("%(num)s hour", "%(num)s hours", record["hours"], code) % {"num": record["hours"]}]
    )
    if record["score"] is not None:
        facts.append([say(N_("Result")), say(N_("%(score)s of 100")) % {"score": record["score"]}])
    facts.append([say(N_("Edition")), str(record["edition"])])
    facts.append([say(N_("Written by")), "; ".join(record["authors"])])
    facts.append([say(N_("Issued by")), record["issuer"]["name"]])
    address = address_of(record["serial"], record["issuer"]["url"])
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return {
        "paper": PAPERS[paper],
        "language": code,
        "title": say(N_("Certificate")),
        "date": [issued.year, issued.month, issued.day],
        "name": record["holder"]["name"],
        "issuer": record["issuer"]["name"],
        "seal": SEAL.read_text(),
        "kind": say(N_("Certificate of a finished course")),
        "completed": say(N_("finished the course")),
        "course": record["course"]["title"],
        "assessed": say(ASSESSED[record["assessed"] == KNOWLEDGE_AND_WORK]),
        "facts": facts,
        "qr": picture.getvalue().decode(),
        "qr_text": say(N_("Code that leads to the check of this certificate")),
        "serial": record["serial"],
        "check": say(N_("Anyone can check this certificate at:")),
        "address": address,
        "not_claimed": say(N_("It is not an academic title and proves neither identity nor income.")),
    }


def print_paper(record: dict[str, Any], paper: str) -> bytes:
    """The PDF of a record on A4 or Letter. Takes about 30 ms of CPU: never on the event loop."""
    inputs = {"data": json.dumps(paper_data(record, paper), ensure_ascii=False)}
    try:
        made = typst.compile(_source(), format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        _log.warning("certificate_font_missing", serial=record["serial"], mend="install fonts-noto-core and fonts-noto-cjk")
        made = typst.compile(_source(), format="pdf", sys_inputs=inputs)
    return bytes(made)
