"""Making an account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.accounts.models import Identity, User, UserSession
from tests.accounts.steps import PASSPHRASE, code_on, is_signed_in, new_learner, sign_in, sign_up
from tests.support.site import Site


def test_a_name_and_a_passphrase_make_an_account(site: Site) -> None:
    lina = site.visitor()
    answer = sign_up(lina, "Lina.Pérez")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/es/me/recovery-code"
    assert is_signed_in(lina)
    user = site.read(lambda db: db.exec(select(User)).one())
    assert user.passphrase_hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert sign_in(site.visitor(), "LINA.PEREZ").status_code == 303  # case and accents are forgiven


@pytest.mark.parametrize(
    ("typed", "region", "issuer", "subject"),
    [
        ("55 1234 5678", "es-MX", "phone", "+525512345678"),
        ("099 123 4567", "es-EC", "phone", "+593991234567"),
        ("+1 (312) 555-0123", "es-MX", "phone", "+13125550123"),
        ("Lina@Example.org", "es-MX", "email", "lina@example.org"),
        ("لينا", "es-MX", "username", "لينا"),
    ],
)
def test_any_of_three_names_will_do(site: Site, typed: str, region: str, issuer: str, subject: str) -> None:
    assert sign_up(site.visitor(), typed, region=region).status_code == 303
    identity = site.read(lambda db: db.exec(select(Identity)).one())
    assert (identity.issuer, identity.subject) == (issuer, subject)
    assert sign_in(site.visitor(), typed).status_code == 303  # without saying the country again


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"passphrase": "corta"}, "passphrase"),
        ({"passphrase": "1234567890"}, "passphrase"),
        ({"passphrase": "contraseña"}, "passphrase"),
        ({"passphrase": "aaaaaaaaaaaa"}, "passphrase"),
        ({"passphrase": "x" * 900_000}, "passphrase"),
        ({"name": "\u200b\u202e"}, "name"),
        ({"name": ""}, "name"),
        ({"identifier": "a b"}, "identifier"),
        ({"identifier": "12345678901234567890"}, "identifier"),
        ({"identifier": "lina@"}, "identifier"),
        ({"identifier": "🌽🌽🌽"}, "identifier"),
    ],
)
def test_what_does_not_fit_comes_back_filled_with_a_sentence_beside_it(site: Site, fields: dict[str, str], beside: str) -> None:
    visitor = site.visitor()
    answer = visitor.fill("/es/sign-up", **({"name": "Lina", "identifier": "lina", "passphrase": PASSPHRASE} | fields))
    assert answer.status_code == 422
    assert f'id="e-{beside}"' in answer.text
    assert PASSPHRASE not in answer.text
    assert 'value="lina"' in answer.text or beside == "identifier"
    assert site.read(lambda db: db.exec(select(User)).all()) == []


@pytest.mark.parametrize("name", ["Lina\x00 Pérez", "🌽 Maíz", "لينا \u202eabc", "ﷺ" * 80])
def test_names_in_any_script_are_taken(site: Site, name: str) -> None:
    lina = new_learner(site, "lina", name=name)
    field = lina.page("/es/me/account").css_first("input[name=name]")
    assert field is not None
    shown = field.attributes["value"] or ""
    assert shown
    assert "\x00" not in shown
    assert "\u202e" not in shown


def test_the_recovery_code_is_shown_until_it_is_written_down(site: Site) -> None:
    lina = new_learner(site)
    code = code_on(lina)
    assert code_on(lina) == code
    assert len(code.replace("-", "")) == 16
    assert lina.fill("/es/me/recovery-code").status_code == 303
    assert lina.page("/es/me/recovery-code").css_first(".code") is None


def test_the_same_form_twice_is_one_account(site: Site) -> None:
    lina, again = site.visitor(), site.visitor()
    assert sign_up(lina, "lina").status_code == 303
    code = code_on(lina)
    assert sign_up(again, "lina").headers["location"] == "/es/me/recovery-code"
    assert code_on(again) == code
    assert len(site.read(lambda db: db.exec(select(User)).all())) == 1


def test_a_name_that_is_taken_is_refused(site: Site) -> None:
    new_learner(site)
    answer = site.visitor().fill("/es/sign-up", name="Otra", identifier="LINA", passphrase="otra frase larga")
    assert answer.status_code == 422
    assert 'id="e-identifier"' in answer.text
    assert len(site.read(lambda db: db.exec(select(User)).all())) == 1


def test_thirty_people_sign_up_from_one_classroom(site: Site) -> None:
    with ThreadPoolExecutor(6) as room:
        statuses = list(room.map(lambda number: sign_up(site.visitor(), f"persona{number}").status_code, range(30)))
    assert statuses == [303] * 30
    assert len(site.read(lambda db: db.exec(select(UserSession)).all())) == 30


def test_five_equal_sign_ups_at_once_are_one_account(site: Site) -> None:
    with ThreadPoolExecutor(5) as room:
        answers = list(room.map(lambda _: sign_up(site.visitor(), "lina").status_code, range(5)))
    assert answers == [303] * 5
    assert len(site.read(lambda db: db.exec(select(User)).all())) == 1


def test_a_body_over_a_megabyte_is_refused(site: Site) -> None:
    assert site.visitor().post("/es/sign-up", data={"name": "x" * 1_100_000}).status_code == 413


def test_nobody_is_sent_to_another_site(site: Site) -> None:
    for path in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\x00"):
        visitor = site.visitor()
        assert "evil" not in visitor.get("/es/sign-up", params={"next": path}).text
    lina = site.visitor()
    answer = sign_up(lina, "lina", next="https://evil.example")
    assert answer.headers["location"] == "/es/me/recovery-code"
    again = sign_in(site.visitor(), "lina", next="//evil.example")
    assert again.headers["location"] == "/es/me"
    assert sign_in(site.visitor(), "lina", next="/es/courses?q=ma%C3%ADz").headers["location"] == "/es/courses?q=ma%C3%ADz"
