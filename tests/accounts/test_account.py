"""/me/account: profile, sessions, passphrase."""

import pytest

from tests.accounts.steps import PASSPHRASE, is_signed_in, new_learner, sign_in
from tests.support.site import Site

NEW = "cinco nubes lentas"
PAGES = ["/me/account", "/me/passphrase", "/me/recovery-code", "/me/second-factor", "/me/data", "/me/data/download"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_visitors_are_led_to_sign_in_and_back(site: Site, page: str, lang: str) -> None:
    answer = site.visitor().get(f"/{lang}{page}?a=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{lang}/sign-in?next=%2F{lang}" + page.replace("/", "%2F") + "%3Fa%3D1"


def test_name_language_and_region_are_kept(site: Site) -> None:
    lina = new_learner(site)
    answer = lina.fill("/es/me/account", _form="me/account", name="  Lina   María ", language="en", region="es-EC")
    assert answer.headers["location"] == "/en/me/account"
    assert lina.get("/").headers["location"] == "/en"
    page = lina.page("/en/me/account")
    field = page.css_first("input[name=name]")
    assert field is not None
    assert field.attributes["value"] == "Lina María"
    assert page.css_first("option[value=es-EC][selected]") is not None


def test_what_is_not_on_the_list_is_refused(site: Site) -> None:
    lina = new_learner(site)
    assert lina.fill("/es/me/account", _form="me/account", language="fr").status_code == 422
    assert lina.fill("/es/me/account", _form="me/account", region="xx-YY").status_code == 422
    assert lina.fill("/es/me/account", _form="me/account", name="x" * 81).status_code == 422


def test_sessions_are_listed_and_ended_from_afar(site: Site) -> None:
    lina = new_learner(site)
    other = site.visitor()
    other.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 9; SM-J260M) AppleWebKit/537.36 Chrome/110.0 Mobile Safari/537.36"
    sign_in(other, "lina")
    page = lina.page("/es/me/account")
    assert "Chrome, Android" in (page.html or "")
    assert lina.fill("/es/me/account", _form="/ending").status_code == 303
    assert not is_signed_in(other)
    assert is_signed_in(lina)


def test_nobody_ends_another_persons_session(site: Site) -> None:
    lina, ana = new_learner(site), new_learner(site, "ana")
    sign_in(site.visitor(), "ana")
    form = next(f for f in ana.page("/es/me/account").css("form") if "/ending" in (f.attributes["action"] or ""))
    assert lina.post(form.attributes["action"] or "", data={}).status_code == 404
    assert lina.post("/es/me/sessions/not-a-uuid/ending", data={}).status_code == 404


def test_a_new_passphrase_needs_the_old_one_and_ends_other_sessions(site: Site) -> None:
    lina, other = new_learner(site), site.visitor()
    sign_in(other, "lina")
    before = lina.cookies["tequio"]
    assert lina.fill("/es/me/passphrase", current="no es la frase", passphrase=NEW).status_code == 422
    assert lina.fill("/es/me/passphrase", current=PASSPHRASE, passphrase="1234567890").status_code == 422
    assert lina.fill("/es/me/passphrase", current=PASSPHRASE, passphrase=NEW).status_code == 303
    assert lina.cookies["tequio"] != before
    assert is_signed_in(lina)
    assert not is_signed_in(other)
    assert sign_in(site.visitor(), "lina", NEW).status_code == 303


def test_guessing_the_passphrase_in_an_open_session_is_slowed(site: Site) -> None:
    lina = new_learner(site)
    statuses = [lina.fill("/es/me/passphrase", current=f"prueba {n}", passphrase=NEW).status_code for n in range(9)]
    assert statuses == [422] * 8 + [429]


@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/help"])
def test_documents_are_public_and_may_be_kept(site: Site, path: str) -> None:
    for lang in ("es", "en"):
        answer = site.visitor().get(f"/{lang}{path}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, no-cache"
        assert "set-cookie" not in answer.headers


def test_pages_with_forms_are_kept_by_nobody(site: Site) -> None:
    for path in ("/es/sign-in", "/es/sign-up", "/es/recovery"):
        assert site.visitor().get(path).headers["cache-control"] == "private, no-store"
