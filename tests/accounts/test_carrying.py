"""What was written when the session had ended is not lost."""

from datetime import timedelta
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from app.kernel import clock
from tests.accounts.steps import PASSPHRASE, new_learner, sign_in
from tests.support.site import Browser, Site, values_of

KEY = "7d9f3a52-5d0c-4f4b-9a51-0d6f0c7d0f11"


def form_of(answer: Any, action: str) -> tuple[str, dict[str, Any]]:
    form = next(f for f in LexborHTMLParser(answer.text).css("form[method=post]") if action in (f.attributes["action"] or ""))
    return form.attributes["action"] or "", values_of(form)


def post_late(site: Site, text: str = "Vendí 12 kilos «al fiado» 🌽\nmañana cobro") -> tuple[Browser, Any]:
    """Saves a profile after the session ran out."""
    lina = new_learner(site)
    clock.shift(timedelta(days=31))
    fields = {"name": text, "language": "es", "region": "es-MX", "key": KEY, "passphrase": "secreta de verdad", "form_token": "x"}
    return lina, lina.post("/es/me/account?from=here", data=fields)


def test_the_fields_come_along_and_are_sent_again_with_one_button(site: Site) -> None:
    lina, answer = post_late(site, "Lina 🌽 «Ñ»")
    assert answer.status_code == 401
    assert "secreta de verdad" not in answer.text
    action, fields = form_of(answer, "sign-in")
    wrong = lina.post(action, data=fields | {"identifier": "lina", "passphrase": "no es la frase"})
    action, fields = form_of(wrong, "sign-in")  # a wrong passphrase loses nothing either
    back = lina.post(action, data=fields | {"identifier": "lina", "passphrase": PASSPHRASE})
    assert back.status_code == 200
    assert back.headers["cache-control"] == "private, no-store"
    action, fields = form_of(back, "/me/account")
    assert action == "/es/me/account?from=here"
    assert fields["key"] == KEY
    assert fields["name"] == "Lina 🌽 «Ñ»"
    assert "passphrase" not in fields
    assert lina.post(action, data=fields).status_code == 303
    assert "Lina 🌽" in (lina.page("/es/me/account").html or "")


def test_a_text_browser_can_send_it_again_too(site: Site) -> None:
    lina, answer = post_late(site, "Lina")
    action, fields = form_of(answer, "sign-in")
    del lina.headers["sec-fetch-site"]
    fields["form_token"] = values_of(next(iter(lina.page("/es/sign-in").css("form"))))["form_token"]
    back = lina.post(action, data=fields | {"identifier": "lina", "passphrase": PASSPHRASE})
    action, fields = form_of(back, "/me/account")
    assert lina.post(action, data=fields).status_code == 303


def test_another_person_on_the_same_phone_does_not_see_it(site: Site) -> None:
    new_learner(site, "ana")
    lina, answer = post_late(site, "algo muy mío")
    action, fields = form_of(answer, "sign-in")
    back = lina.post(action, data=fields | {"identifier": "ana", "passphrase": PASSPHRASE})
    assert back.status_code == 200
    assert "algo muy mío" not in back.text


def test_too_much_is_not_carried_and_said_so(site: Site) -> None:
    _, answer = post_late(site, "x" * 300_000)
    assert answer.status_code == 401
    assert "x" * 1000 not in answer.text
    assert "muy largo" in answer.text


def test_forged_fields_are_not_shown(site: Site) -> None:
    new_learner(site)
    answer = sign_in(site.visitor(), "lina", carried='["https://evil.example", [["a", "b"]], ""]')
    assert answer.status_code == 303
    assert answer.headers["location"] == "/es/me"


def test_a_fragment_says_that_it_was_not_saved_and_what_to_press(site: Site) -> None:
    lina = new_learner(site)
    clock.shift(timedelta(days=31))
    for answer in (
        lina.post("/es/me/account", data={"name": "Lina"}, headers={"hx-request": "true"}),
        lina.get("/es/me/account", headers={"hx-request": "true"}),
    ):
        assert answer.status_code == 401
        assert "No se guardó" in answer.text
        assert "/es/sign-in" in answer.text
        assert "<html" not in answer.text
        assert len(answer.text) < 500
