"""The second factor, and the pages that demand it."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.accounts.actions.second_factor import code_now
from app.accounts.models import RoleGrant, SecondFactor, User
from app.kernel import clock
from tests.accounts.steps import PASSPHRASE, is_signed_in, new_learner, sign_in
from tests.accounts.test_carrying import form_of
from tests.support.site import Browser, Site


def make_staff(site: Site, browser: Browser, role: str = "administrator") -> None:
    def grant(db: Any) -> None:
        db.get(User, browser.user_id).is_staff = True
        db.add(RoleGrant(user_id=browser.user_id, role=role))

    site.write(grant)


def secret_of(site: Site, browser: Browser) -> str:
    factor = site.read(lambda db: db.get(SecondFactor, browser.user_id))
    assert factor is not None
    return factor.secret


def set_up(site: Site, browser: Browser, page: str = "/es/me/second-factor") -> Any:
    assert browser.fill(page).status_code == 303
    answer = browser.fill(page, code=code_now(secret_of(site, browser)))
    clock.shift(clock._shift[0] + timedelta(seconds=60))  # the next code is another one
    return answer


def administrator(site: Site) -> Browser:
    elena = new_learner(site, "elena", name="Elena")
    make_staff(site, elena)
    assert set_up(site, elena).status_code == 303
    return elena


def test_staff_are_led_to_set_it_up_and_on_to_the_page_they_wanted(site: Site) -> None:
    elena = new_learner(site, "elena")
    make_staff(site, elena)
    answer = elena.get("/es/admin/people?q=a")
    assert answer.headers["location"].startswith("/es/sign-in/second-factor?next=")
    page = elena.get(answer.headers["location"]).headers["location"]
    assert page.startswith("/es/me/second-factor?next=")
    before = elena.cookies["tequio"]
    shown = set_up(site, elena, page).headers["location"]
    assert elena.cookies["tequio"] != before  # the secret changes with what it opens
    codes = elena.page(shown).css("li.code")
    assert len(codes) == 8
    assert elena.fill(shown).headers["location"] == "/es/admin/people?q=a"
    assert elena.get("/es/admin/people?q=a").status_code == 200


def test_at_the_next_sign_in_the_code_is_asked_for(site: Site) -> None:
    elena = administrator(site)
    again = site.visitor()
    answer = sign_in(again, "elena", next="/es/admin/people")
    step = answer.headers["location"]
    assert step.startswith("/es/sign-in/second-factor")
    assert again.get("/es/admin/people").status_code == 303
    assert again.fill(step, code="000000").status_code == 422
    done = again.fill(step, code=code_now(secret_of(site, elena)))
    assert done.headers["location"] == "/es/admin/people"
    assert again.get("/es/admin/people").status_code == 200


def test_a_code_works_once(site: Site) -> None:
    elena = administrator(site)
    code = code_now(secret_of(site, elena))
    first, second = site.visitor(), site.visitor()
    for browser in (first, second):
        sign_in(browser, "elena")
    assert first.fill("/es/sign-in/second-factor", code=code).status_code == 303
    assert second.fill("/es/sign-in/second-factor", code=code).status_code == 422


def test_a_spare_code_stands_in_for_the_phone_once(site: Site) -> None:
    elena = administrator(site)
    spare = elena.page("/es/me/second-factor/spare-codes").css("li.code")[0].text()
    first, second = site.visitor(), site.visitor()
    for browser in (first, second):
        sign_in(browser, "elena")
    assert first.fill("/es/sign-in/second-factor", code=spare.lower()).status_code == 303
    assert second.fill("/es/sign-in/second-factor", code=spare).status_code == 422


def test_guessing_is_slowed(site: Site) -> None:
    administrator(site)
    thief = site.visitor()
    sign_in(thief, "elena")
    statuses = [thief.fill("/es/sign-in/second-factor", code=f"00000{n}").status_code for n in range(7)]
    assert statuses == [422] * 6 + [429]
    assert thief.fill("/es/sign-in/second-factor", code="000009").headers["retry-after"]


def test_half_a_sign_in_changes_nothing_that_matters(site: Site) -> None:
    administrator(site)
    thief = site.visitor()
    sign_in(thief, "elena")
    answers = [
        thief.fill("/es/me/passphrase", current=PASSPHRASE, passphrase="cinco nubes lentas"),
        thief.fill("/es/me/data", certificates="withdraw", current=PASSPHRASE),
        thief.fill("/es/me/second-factor", current=PASSPHRASE),
    ]
    assert [answer.status_code for answer in answers] == [401] * 3
    assert thief.get("/es/me/second-factor/spare-codes").status_code == 303
    assert sign_in(site.visitor(), "elena").status_code == 303


def test_what_staff_wrote_is_carried_through_the_code(site: Site) -> None:
    elena, lina = administrator(site), new_learner(site, "lina")
    half = site.visitor()
    sign_in(half, "elena")
    late = half.post(f"/es/admin/people/{lina.user_id}/roles", data={"role": "mentor", "scope_kind": "course", "scope_id": "finance"})
    assert late.status_code == 401
    action, fields = form_of(late, "second-factor")
    back = half.post(action, data=fields | {"code": code_now(secret_of(site, elena))})
    assert back.status_code == 200
    action, fields = form_of(back, "/roles")
    assert fields["scope_id"] == "finance"
    assert half.post(action, data=fields).status_code == 303


def test_an_ended_staff_session_carries_through_passphrase_and_code(site: Site) -> None:
    elena, lina = administrator(site), new_learner(site, "lina")
    clock.shift(timedelta(days=31))
    late = elena.post(f"/es/admin/people/{lina.user_id}/roles", data={"role": "mentor", "scope_kind": "site"})
    action, fields = form_of(late, "sign-in")
    half = elena.post(action, data=fields | {"identifier": "elena", "passphrase": PASSPHRASE})
    action, fields = form_of(half, "second-factor")
    back = elena.post(action, data=fields | {"code": code_now(secret_of(site, elena))})
    action, fields = form_of(back, "/roles")
    assert elena.post(action, data=fields).status_code == 303


def test_it_can_be_turned_off_with_the_passphrase(site: Site) -> None:
    elena = administrator(site)
    assert elena.fill("/es/me/second-factor", current="no es la frase").status_code == 422
    assert elena.fill("/es/me/second-factor", current=PASSPHRASE).status_code == 303
    assert is_signed_in(elena)
    assert site.read(lambda db: db.get(SecondFactor, elena.user_id)) is None


def test_the_picture_holds_the_secret_and_nothing_is_fetched(site: Site) -> None:
    lina = new_learner(site)
    lina.fill("/es/me/second-factor")
    lina.fill("/es/me/second-factor")  # once more: the secret stays
    page = lina.page("/es/me/second-factor")
    picture, letters = page.css_first("main img"), page.css_first(".code")
    assert picture is not None
    assert letters is not None
    assert (picture.attributes["src"] or "").startswith("data:image/svg+xml")
    assert letters.text().replace(" ", "") == secret_of(site, lina)
    uri = urlsplit(
        __import__("app.accounts.actions.second_factor", fromlist=["x"]).address_for_authenticators(secret_of(site, lina), "lina")
    )
    assert parse_qs(uri.query)["issuer"] == ["Tequio"]
