"""The verbs of the shell, and the demonstration accounts."""

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from app.accounts.actions.second_factor import code_now
from app.accounts.demonstration import PEOPLE, create_demonstration_accounts
from app.accounts.models import RoleGrant
from app.cli import app
from app.kernel.settings import settings
from tests.accounts.steps import is_signed_in, new_learner, sign_in
from tests.support.site import Site


def test_the_first_administrator_is_made_in_the_shell(site: Site) -> None:
    result = CliRunner().invoke(app, ["admin", "--username", "elena", "--name", "Elena"], input="llaves de mi casa\n")
    assert result.exit_code == 0
    assert "elena is an administrator" in result.output
    elena = site.visitor()
    assert sign_in(elena, "elena", "llaves de mi casa").status_code == 303
    assert elena.get("/es/admin").headers["location"].startswith("/es/sign-in/second-factor")


def test_the_shell_lets_an_administrator_back_in(site: Site) -> None:
    lina = new_learner(site)
    result = CliRunner().invoke(app, ["admin", "--username", "lina"], input="llaves de mi casa\n")
    assert "new passphrase" in result.output
    assert not is_signed_in(lina)
    assert sign_in(site.visitor(), "lina", "llaves de mi casa").status_code == 303
    assert len(site.read(lambda db: db.exec(select(RoleGrant)).all())) == 1


@pytest.mark.parametrize(("username", "passphrase"), [("elena", "corta"), ("a b", "llaves de mi casa"), ("elena", "1234567890")])
def test_the_shell_says_what_is_wrong(site: Site, username: str, passphrase: str) -> None:
    result = CliRunner().invoke(app, ["admin", "--username", username], input=passphrase + "\n")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert site.read(lambda db: db.exec(select(RoleGrant)).all()) == []


def test_one_demonstration_account_a_role_once(site: Site) -> None:
    made = site.write(create_demonstration_accounts)
    assert [role for role, _, _ in made] == list(PEOPLE)
    assert site.write(create_demonstration_accounts) == []
    for role, username, passphrase in made:
        browser = site.visitor()
        answer = sign_in(browser, username, passphrase)
        assert answer.status_code == 303
        if role != "learner":
            code = CliRunner().invoke(app, ["code", username]).output.split()[0]
            assert code == code_now(PEOPLE[role][3])
            assert browser.fill(answer.headers["location"], code=code).status_code == 303
    assert browser.get("/es/admin/people").status_code == 200


def test_in_production_nothing_of_it(site: Site, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TEQUIO_BASE_URL", "https://cursos.example.org")
    settings.cache_clear()
    with pytest.raises(RuntimeError):
        site.write(create_demonstration_accounts)
    assert CliRunner().invoke(app, ["code", "elena"]).exit_code == 1
