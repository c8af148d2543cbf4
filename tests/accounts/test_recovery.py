"""Ways back in."""

import email
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.accounts.models import RecoveryCode
from app.kernel import clock, outbox
from app.kernel.models import OutboxMessage
from app.kernel.settings import settings
from tests.accounts.steps import PASSPHRASE, code_on, is_signed_in, new_learner, sign_in
from tests.accounts.test_sign_in import words_of
from tests.support.site import Browser, Site

NEW = "cinco nubes lentas"


def recover(browser: Browser, identifier: str, code: str, passphrase: str = NEW) -> Any:
    return browser.fill("/es/recovery", _form="code", identifier=identifier, code=code, passphrase=passphrase)


def test_the_printed_code_lets_its_owner_back_in_once(site: Site) -> None:
    lina = new_learner(site)
    code = code_on(lina)
    found = site.visitor()
    answer = recover(found, "lina", code.lower().replace("-", " "))
    assert answer.headers["location"] == "/es/me/recovery-code"
    assert is_signed_in(found)
    assert not is_signed_in(lina)  # other sessions ended
    assert code_on(found) != code  # a new printed code at once
    assert recover(site.visitor(), "lina", code).status_code == 422
    assert sign_in(site.visitor(), "lina", PASSPHRASE).status_code == 422
    assert sign_in(site.visitor(), "lina", NEW).status_code == 303


def test_codes_are_kept_as_hashes(site: Site) -> None:
    code = code_on(new_learner(site)).replace("-", "")
    row = site.read(lambda db: db.exec(select(RecoveryCode)).one())
    assert code not in (row.code_hash, row.seed)


def test_an_unknown_name_and_a_wrong_code_answer_alike(site: Site) -> None:
    new_learner(site)
    known, unknown = recover(site.visitor(), "lina", "AAAA-BBBB"), recover(site.visitor(), "nadie", "AAAA-BBBB")
    assert known.status_code == unknown.status_code == 422
    assert words_of(known) == words_of(unknown)
    assert NEW not in known.text


def test_guessing_codes_is_slowed(site: Site) -> None:
    new_learner(site)
    stranger = site.visitor()
    assert [recover(stranger, "lina", f"AAAA-BBB{n}").status_code for n in range(9)] == [422] * 8 + [429]


def test_the_page_of_the_code_closes_after_half_an_hour(site: Site) -> None:
    lina = new_learner(site)
    assert code_on(lina)
    clock.shift(timedelta(minutes=31))
    assert lina.page("/es/me/recovery-code").css_first(".code") is None


def test_a_new_code_needs_the_passphrase_and_ends_the_old_one(site: Site) -> None:
    lina = new_learner(site)
    old = code_on(lina)
    lina.fill("/es/me/recovery-code")
    assert lina.fill("/es/me/recovery-code", current="no es la frase").status_code == 422
    assert lina.fill("/es/me/recovery-code", current=PASSPHRASE).status_code == 303
    assert recover(site.visitor(), "lina", old).status_code == 422
    assert recover(site.visitor(), "lina", code_on(lina)).status_code == 303


def letters(site: Site) -> list[email.message.EmailMessage]:
    while outbox.send_next(site.unit):
        pass
    folder = Path(settings().mail_url.removeprefix("folder:"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(folder.glob("*.eml"))]


def link_in(letter: email.message.EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http\S+", body.get_content())
    assert found
    return found[0].removeprefix(settings().base_url)


def test_a_link_by_mail_works_once(site: Site) -> None:
    new_learner(site, "lina@example.org", name="Lina & Co", lang="en")
    assert site.visitor().fill("/es/recovery", _form="mail", email="LINA@example.org").headers["location"] == "/es/recovery/mail-sent"
    (letter,) = letters(site)
    assert letter["To"] == "lina@example.org"
    assert "A new passphrase" in letter["Subject"]  # in her language, not the page's
    html = letter.get_body(("html",))
    assert html is not None
    assert "Lina &amp; Co" in html.get_content()
    link = link_in(letter)
    lina = site.visitor()
    assert lina.fill(link, passphrase="corta").status_code == 422
    assert lina.fill(link, passphrase=NEW).status_code == 303
    assert is_signed_in(lina)
    assert site.visitor().get(link).status_code == 422
    assert sign_in(site.visitor(), "lina@example.org", NEW).status_code == 303


def test_the_link_runs_out_and_cannot_be_forged(site: Site) -> None:
    new_learner(site, "lina@example.org")
    site.visitor().fill("/es/recovery", _form="mail", email="lina@example.org")
    link = link_in(letters(site)[0])
    assert site.visitor().get(link[:-2] + "xx").status_code == 422
    assert site.visitor().get("/es/recovery/link/x").status_code == 422
    assert site.visitor().get(link).status_code == 200


def test_mail_is_promised_alike_to_unknown_addresses_and_sent_to_none(site: Site) -> None:
    new_learner(site, "lina@example.org")
    known = site.visitor().fill("/es/recovery", _form="mail", email="lina@example.org")
    unknown = site.visitor().fill("/es/recovery", _form="mail", email="nadie@example.org")
    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"])
    assert len(letters(site)) == 1


def test_nobody_is_flooded_with_mail(site: Site) -> None:
    new_learner(site, "lina@example.org")
    for _ in range(6):
        site.visitor().fill("/es/recovery", _form="mail", email="lina@example.org")
    assert len(site.read(lambda db: db.exec(select(OutboxMessage)).all())) == 3
