"""Verbs of the shell for people: the first administrator, and codes of demonstration accounts."""

import sys
from getpass import getpass

import typer


def register(app: typer.Typer) -> None:
    app.command()(admin)
    app.command()(code)


def admin(
    username: str = typer.Option("", help="The username they sign in with; asked for when it is not given."),
    name: str = typer.Option("", help="The name they are called by; the username unless given."),
) -> None:
    """Makes an administrator, or lets one back in: sets the passphrase and takes a lost second factor away.

    The passphrase is asked for, or read from standard input: tequio admin --username elena < passphrase.txt
    """
    from app.accounts.actions.administrators import appoint
    from app.accounts.names import sign_in_name
    from app.accounts.passphrases import hash_now, refusal_now
    from app.kernel.database import Unit
    from app.kernel.settings import settings

    typed = username or typer.prompt("Username")
    try:
        signs_in_as = sign_in_name(typed, settings().default_region)
    except ValueError as error:
        raise _stop(str(error)) from error
    passphrase = _passphrase()
    if refusal := refusal_now(passphrase, typed, name):
        raise _stop(refusal)
    made = hash_now(passphrase)
    unit = Unit(settings().database_url)
    try:
        is_new = unit.write_now(lambda db: appoint(db, name or typed, signs_in_as, made))
    finally:
        unit.close()
    done = "is an administrator" if is_new else "is an administrator with a new passphrase; sessions and second factor ended"
    typer.echo(f"{signs_in_as.subject} {done}. Sign in at {settings().base_url}/{settings().default_language}/sign-in")


def code(username: str = typer.Argument(help="The username of a demonstration account.")) -> None:
    """Prints the second-factor code of the moment, in development only."""
    from app.accounts.actions.second_factor import code_now
    from app.accounts.actions.sign_in import find_by_name
    from app.accounts.models import SecondFactor
    from app.accounts.names import possible_names
    from app.kernel.database import Unit
    from app.kernel.settings import settings

    if settings().is_production:
        raise _stop("Codes are printed in development only. In production the person's own phone shows them.")
    names = possible_names(username, settings().default_region)
    unit = Unit(settings().database_url)
    try:
        user = unit.read_now(lambda db: find_by_name(db, names))
        factor = unit.read_now(lambda db: db.get(SecondFactor, user.id)) if user else None
    finally:
        unit.close()
    if factor is None:
        raise _stop(f"{username} has no second factor.")
    typer.echo(f"{code_now(factor.secret)} (works once, for about half a minute)")


def _passphrase() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Passphrase (at least 10 characters): ")
    if getpass("The same again: ") != first:
        raise _stop("The two are not the same. Nothing was changed.")
    return first


def _stop(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
