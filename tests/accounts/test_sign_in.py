"""Signing in and out, and the limits of trying."""

import statistics
import time
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlmodel import select

from app.accounts.models import User, UserSession
from app.kernel import clock
from app.kernel.clock import now
from app.kernel.models import RateLimit
from app.kernel.settings import settings
from tests.accounts.steps import is_signed_in, new_learner, sign_in
from tests.support.site import Browser, Site


def cookies_of(answer: Any) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


def words_of(answer: Any, *leave_out: str) -> str:
    main = LexborHTMLParser(answer.text).css_first("main")
    assert main is not None
    text = main.text()
    for word in leave_out:
        text = text.replace(word, "")
    return " ".join(text.split())


def test_the_cookie_holds_a_secret_that_the_table_does_not(site: Site) -> None:
    new_learner(site)
    answer = sign_in(site.visitor(), "lina")
    cookie = cookies_of(answer)["tequio"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=15552000" in cookie
    assert "Secure" not in cookie
    secret = cookie.partition("=")[2].partition(";")[0]
    assert secret not in {row.token_hash for row in site.read(lambda db: db.exec(select(UserSession)).all())}


def test_over_https_the_cookie_is_bound_to_the_host(environment: pytest.MonkeyPatch, database_url: str) -> None:
    from app.main import create_app

    environment.setenv("TEQUIO_DATABASE_URL", database_url)
    environment.setenv("TEQUIO_BASE_URL", "https://cursos.example.org")
    environment.setenv("TEQUIO_SECRET_KEY", "s" * 40)
    settings.cache_clear()
    app = create_app()
    new_learner(site := Site(app, database_url))
    cookie = cookies_of(sign_in(site.visitor(), "lina"))["__Host-tequio"]
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    app.state.unit.close()


def test_each_sign_in_gets_a_new_secret_and_ends_the_browsers_old_session(site: Site) -> None:
    lina = new_learner(site)
    before = lina.cookies["tequio"]
    page = site.visitor().page("/es/sign-in")
    assert page is not None
    answer = lina.post("/es/sign-in", data={"identifier": "lina", "passphrase": "tres mangos verdes"})
    assert answer.status_code == 303
    assert lina.cookies["tequio"] != before
    old = site.visitor()
    old.cookies.set("tequio", before)
    assert not is_signed_in(old)
    assert len(site.read(lambda db: db.exec(select(UserSession)).all())) == 1


def test_signing_out_ends_the_session_for_good(site: Site) -> None:
    lina = new_learner(site)
    secret = lina.cookies["tequio"]
    answer = lina.fill("/es/me/account", _form="sign-out")
    assert answer.status_code == 303
    assert "clear-site-data" not in answer.headers
    thief = site.visitor()
    thief.cookies.set("tequio", secret)
    assert not is_signed_in(thief)


def test_a_shared_phone_keeps_nothing(site: Site) -> None:
    new_learner(site)
    phone = site.visitor()
    answer = sign_in(phone, "lina", shared="on")
    assert set(cookies_of(answer)) == {"tequio"}
    assert "Max-Age" not in cookies_of(answer)["tequio"]
    assert phone.get("/es/me/account").headers["cache-control"] == "private, no-store"
    assert "cache" in phone.fill("/es/me/account", _form="sign-out").headers["clear-site-data"]


def test_signing_in_keeps_the_language(site: Site) -> None:
    new_learner(site)
    lina = site.visitor()
    sign_in(lina, "lina", lang="en")
    assert lina.get("/").headers["location"] == "/en"


@pytest.mark.parametrize(
    ("shared", "idle", "longest"), [("", timedelta(days=30), timedelta(days=180)), ("on", timedelta(hours=2), timedelta(hours=12))]
)
def test_a_session_ends_when_it_is_idle_and_in_any_case_some_day(site: Site, shared: str, idle: timedelta, longest: timedelta) -> None:
    from app.accounts.sessions import flush_seen

    fields = {"shared": shared} if shared else {}
    used, unused = new_learner(site, **fields), new_learner(site, "ana", **fields)
    step, passed = idle * 0.8, timedelta()
    while passed + step < longest:
        passed += step
        clock.shift(passed)
        assert is_signed_in(used), passed
        flush_seen(site.unit)
    assert not is_signed_in(unused)
    clock.shift(longest + timedelta(minutes=1))
    assert not is_signed_in(used)


def test_reading_writes_nothing_and_use_is_noted_at_most_hourly(site: Site) -> None:
    from app.accounts.sessions import flush_seen

    lina = new_learner(site)
    first = site.read(lambda db: db.exec(select(UserSession.seen_at)).one())
    clock.shift(timedelta(minutes=50))
    assert is_signed_in(lina)
    flush_seen(site.unit)
    assert site.read(lambda db: db.exec(select(UserSession.seen_at)).one()) == first
    clock.shift(timedelta(minutes=70))
    assert is_signed_in(lina)
    flush_seen(site.unit)
    assert site.read(lambda db: db.exec(select(UserSession.seen_at)).one()) - first > timedelta(minutes=65)


def test_a_clock_that_jumps_back_signs_nobody_out(site: Site) -> None:
    lina = new_learner(site)
    clock.shift(timedelta(hours=-3))
    assert is_signed_in(lina)


def test_an_unknown_name_answers_like_a_known_one(site: Site) -> None:
    new_learner(site)
    known = sign_in(site.visitor(), "lina", "no es la frase")
    unknown = sign_in(site.visitor(), "nadie", "no es la frase")
    assert known.status_code == unknown.status_code == 422
    assert words_of(known) == words_of(unknown)
    assert {k for k in known.headers if k != "x-request-id"} == {k for k in unknown.headers if k != "x-request-id"}


def test_an_unknown_name_takes_as_long_as_a_known_one(site: Site) -> None:
    new_learner(site)
    times: dict[str, list[float]] = {"lina": [], "nadie": []}
    sign_in(site.visitor(), "nadie", "no es la frase")  # makes the hash that unknown names are compared with
    for _ in range(4):
        for name, spent in times.items():
            started = time.perf_counter()
            sign_in(site.visitor(), name, "no es la frase")
            spent.append(time.perf_counter() - started)
    known, unknown = (statistics.median(spent) for spent in times.values())
    assert 0.4 < known / unknown < 2.5


def guess(browser: Browser, times: int, name: str = "lina") -> list[int]:
    return [sign_in(browser, name, f"prueba número {number}").status_code for number in range(times)]


def test_guessing_is_slowed_and_honest_people_wait_a_minute_at_most(site: Site) -> None:
    new_learner(site)
    stranger = site.visitor()
    statuses = guess(stranger, 10)
    assert statuses == [422] * 8 + [429] * 2
    answer = sign_in(stranger, "lina")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 61
    assert 'value="lina"' in answer.text
    clock.shift(timedelta(seconds=int(answer.headers["retry-after"]) + 1))
    assert sign_in(stranger, "lina").status_code == 303
    assert guess(site.visitor(), 8) == [422] * 8  # success forgives what came before


def test_unknown_names_are_slowed_in_the_same_way(site: Site) -> None:
    assert guess(site.visitor(), 9, "nadie") == [422] * 8 + [429]


def test_a_guesser_does_not_lock_the_owners_own_phone_out(site: Site) -> None:
    lina = new_learner(site)
    lina.fill("/es/me/account", _form="sign-out")
    assert guess(site.visitor(), 9)[-1] == 429
    assert sign_in(lina, "lina").status_code == 303


def test_the_limits_name_nobody(site: Site) -> None:
    new_learner(site)
    guess(site.visitor(), 1)
    keys = site.read(lambda db: db.exec(select(RateLimit.key)).all())
    assert keys
    assert not [key for key in keys if "lina" in key or "testclient" in key]


def test_a_disabled_account_hears_so_only_with_the_right_passphrase(site: Site) -> None:
    lina = new_learner(site)

    def disable(db: Any) -> None:
        db.get(User, lina.user_id).disabled_at = now()

    site.write(disable)
    assert not is_signed_in(lina)
    wrong, right = sign_in(site.visitor(), "lina", "no es la frase"), sign_in(site.visitor(), "lina")
    assert "apagada" not in wrong.text
    assert right.status_code == 422
    assert "apagada" in right.text


def test_garbage_in_the_cookie_is_a_visitor(site: Site) -> None:
    for value in ("", "x", "'; DROP TABLE users", "a" * 4000):
        visitor = site.visitor()
        visitor.cookies.set("tequio", value)
        assert visitor.get("/es/me/account").status_code == 303
