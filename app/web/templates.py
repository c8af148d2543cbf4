"""Jinja environments, one a language, so that every page is compiled with its own words."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app.kernel import i18n
from app.kernel.settings import settings
from app.web.static import static_files

FOLDER = Path(__file__).parents[2] / "templates"

_addresses: dict[str, tuple[str, bool]] = {}
_extra_globals: dict[str, Any] = {}


def know_addresses(routes: list[tuple[str, str]]) -> None:
    """Takes (name, path format) of every route, so that an address is one string format away."""
    _addresses.clear()
    _addresses.update({name: (path, "{lang}" in path) for name, path in routes})


def know_globals(**values: Any) -> None:
    """Gives templates something that a feature above this package offers (main calls it)."""
    _extra_globals.update(values)
    environment.cache_clear()


def address(name: str, lang: str | None = None, query: str = "", **values: Any) -> str:
    """The path of a route by its name; the language is the reader's unless given. Raises KeyError."""
    path, speaks = _addresses[name]
    if speaks:
        values["lang"] = lang or i18n.language.get()
    return path.format(**values) + (f"?{query}" if query else "")


def absolute(path: str) -> str:
    """A path as a full address, for mail and print."""
    return settings().base_url.rstrip("/") + path


def _gettext(code: str) -> Callable[[str], str]:
    return lambda message: i18n.translate(message, code)


def _ngettext(code: str) -> Callable[[str, str, int], str]:
    return lambda singular, plural, number: i18n.translate_plural(singular, plural, number, code)


@pass_context
def _form_token(context: Context) -> str:
    """A signed token for browsers that send neither Sec-Fetch-Site nor Origin; only on no-store pages."""
    make = context.get("make_form_token")
    return make() if make else ""


@lru_cache
def environment(code: str) -> Environment:
    """The environment of a language, with its words, its filters and the names of routes."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(_gettext(code), _ngettext(code), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        lang=code,
        other_lang="en" if code == "es" else "es",
        url=address,
        absolute=absolute,
        static=static_files().url,
        settings=settings(),
        form_token=_form_token,
        **_extra_globals,
    )
    made.filters.update(
        number=i18n.number_text,
        month=i18n.month_text,
        kilobytes=i18n.kilobytes,
        sentence=lambda text: text[:1].upper() + text[1:],
        uncapitalised=lambda text: text[:1].lower() + text[1:],
        date=i18n.date_text,
        day=i18n.day_text,
        time=i18n.time_text,
        moment=i18n.moment_text,
        translate=i18n.translate,
    )
    return made
