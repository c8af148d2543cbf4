"""What no page of ours sends, to every address there is: a clear answer with the right status, nothing changed, never a 500."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from app.kernel.settings import settings
from app.web.body import LARGEST_BODY
from app.web.origin import form_token_for
from tests.contracts.routes import Line, ask, filled, routes, taken_back
from tests.contracts.world import World
from tests.support.site import Browser

FORM = "application/x-www-form-urlencoded"
FIELDS = [
    "name",
    "identifier",
    "passphrase",
    "current",
    "code",
    "key",
    "next",
    "carried",
    "text",
    "answer",
    "words",
    "reason",
    "verdict",
    "page",
    "at",
    "only",
    "go",
    "use",
    "base",
    "points",
    "version",
    "role",
    "scope_kind",
    "scope_id",
    "email",
    "language",
    "region",
    "shared",
    "certificates",
    "time_factor",
    "extra_attempts",
    "serial",
    "form_token",
    "a.q-left",
    "a.q-higher",
    "r.q-higher",
    "a.q-higher.reading",
    "a.thing",
    "a.price",
    "r.price",
    "a._party",
    "s.costs",
]
ODD_TEXTS = {
    "NUL": "a\0b",
    "control characters": "\x01\x02\x1b[31m\x7f\r\n",
    "right to left": "\u202eenil gnorw\u202c ليلى",
    "emoji": "👩🏽‍🌾" * 20,
    "half a pair": "%ED%A0%80",
    "numbers": "1e999999",
    "negative": "-99999999999999999999999999",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "markup": "<script>alert(1)</script>'\";--",
    "long": "x" * 30_000,
}
FORGED = {
    "another": str(uuid4()),
    "nobody": "00000000-0000-0000-0000-000000000000",
    "no id": "0",
    "NUL": "%00",
    "up": "..%2f..%2fetc%2fpasswd",
    "up twice": "%252e%252e%252f",
    "broken UTF-8": "%ff%fe",
    "very long": "a" * 5000,
    "emoji": "%F0%9F%91%A9",
    "quote": "'%20or%201=1--",
}
# Links that people get by mail are answered in words, whatever is in them.
IN_WORDS = {"/{lang}/recovery/link/{token}": {422, 404}, "/{lang}/invitations/{token}": {404, 410, 422}}


without_database = pytest.mark.parametrize("world", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def nothing_stays(world: World) -> Iterator[None]:
    with taken_back(world.site.unit):
        yield


def posts(world: World) -> Iterator[tuple[Line, str, Browser]]:
    """Every address that takes forms, with somebody who gets through to the form."""
    for (method, path), name in routes().items():
        if method == "POST":
            yield (method, path), filled(path, world, name), who_may(world, path)


def who_may(world: World, path: str) -> Browser:
    desk = path.startswith(("/{lang}/admin", "/{lang}/mentor", "/{lang}/studio"))
    return world.people["administrator" if desk else "owner"]


@without_database
def test_another_content_type_is_refused_before_anything_is_read(world: World) -> None:
    wrong = []
    for line, address, person in posts(world):
        for kind in ("application/json", "text/plain", ""):
            answer = ask(person, "POST", address, content=b'{"name": "Lina"}', headers={"content-type": kind})
            if answer.status_code != 415:
                wrong.append((line, kind, answer.status_code))
    assert wrong == []


FILES = "".join(f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="../../x"\r\n\r\n\0\xff\r\n' for name in FIELDS[:15])
BROKEN = {
    "broken UTF-8": (FORM, b"&".join(f"{name}=".encode() + b"%ff%fe\xc3\x28\x80" for name in FIELDS)),
    "only separators": (FORM, b"&&&==&=&%&%zz=%"),
    "repeated": (FORM, b"&".join(f"{name}=a&{name}=b".encode() for name in FIELDS)),
    "two thousand fields and one": (FORM, b"&".join(b"f%d=1" % number for number in range(2001))),
    "torn multipart": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhal'),
    "multipart without a boundary": ("multipart/form-data", b"--x--"),
    "files where texts belong": ("multipart/form-data; boundary=x", (FILES + "--x--\r\n").encode("latin-1")),
}


def test_broken_bodies_are_answered_and_never_break(world: World) -> None:
    wrong = []
    for line, address, person in posts(world):
        for what, (kind, body) in BROKEN.items():
            status = ask(person, "POST", address, content=body, headers={"content-type": kind}).status_code
            if status >= 500 or (what in ("torn multipart", "multipart without a boundary") and status != 400):
                wrong.append((line, what, status))
    assert wrong == []


@pytest.mark.parametrize("turn", range(3))
def test_odd_texts_in_every_field_never_break(world: World, turn: int) -> None:
    """Each field gets another oddity each turn."""
    odd = list(ODD_TEXTS.values())
    fields = {name: odd[(place + 3 * turn) % len(odd)] for place, name in enumerate(FIELDS)}
    wrong = []
    for line, address, person in posts(world):
        answer = ask(person, "POST", address, data=fields)
        if answer.status_code >= 500 or "<script>alert(1)" in answer.text:
            wrong.append((line, answer.status_code))
    assert wrong == []


@without_database
def test_too_large_a_body_is_413_everywhere(world: World) -> None:
    wrong = []
    for line, address, person in posts(world):
        answer = ask(person, "POST", address, content=b"text=x", headers={"content-type": FORM, "content-length": "2000000"})
        if answer.status_code != 413:
            wrong.append((line, answer.status_code))
    assert wrong == []
    owner = world.people["owner"]
    for address in ("/es/sign-in", "/es/me/account", f"/es/attempts/{world.ids['attempt_id']}/answers"):
        assert ask(owner, "POST", address, data={"text": "x" * LARGEST_BODY}).status_code == 413
        assert ask(owner, "POST", address, data={"text": "x" * (LARGEST_BODY - 100)}).status_code in (409, 422)


def test_forged_ids_are_not_found(world: World) -> None:
    wrong = []
    for (method, path), name in routes().items():
        for param in [piece[1:].partition("}")[0] for piece in path.split("/") if piece.startswith("{")]:
            for kind, forged in FORGED.items():
                answer = ask(who_may(world, path), method, filled(path, world, name, {param: forged}))
                if answer.status_code == 307:  # the same address without the slash at its end
                    assert answer.headers["location"].startswith(settings().base_url)
                    continue
                if answer.status_code not in IN_WORDS.get(path, {404, 405} if method == "POST" else {404}):
                    wrong.append((method, path, param, kind, answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))


@without_database
def test_odd_questions_and_headers_never_break_a_page(world: World) -> None:
    queries = (
        "q=%00%ff&serial=%00&next=%00&id=x",
        "q=" + "a" * 5000 + "&question=-1&view=%F0%9F%91%A9&next=/%5Cevil.example",
        "next=//evil.example&topic[]=1",
    )
    headers = {
        "cookie": "tequio=%00%ff; language=xx; device=...; =; ;",
        "accept-language": "x" * 5000,
        "accept": "application/json;q=nonsense",
        "if-none-match": '"' * 300,
        "user-agent": "\xff" * 300,
        "x-forwarded-for": "not, an, address",
    }
    odd = {name: value.encode("latin-1") for name, value in headers.items()}
    wrong = []
    for (method, path), name in routes().items():
        address = filled(path, world, name)
        for query in queries if method == "GET" else ():
            answer = ask(world.people["administrator"], "GET", f"{address}?{query}")
            if answer.status_code >= 500 or "evil.example" in answer.headers.get("location", ""):
                wrong.append((path, query[:30], answer.status_code))
        answer = ask(world.people["visitor"], method, address, headers=odd)
        if answer.status_code >= 500:
            wrong.append((path, "headers", answer.status_code))
    assert wrong == []


@without_database
def test_methods_that_nobody_takes_are_refused(world: World) -> None:
    wrong = []
    for (method, path), name in routes().items():
        for other in ("PUT", "DELETE", "PATCH"):
            answer = ask(world.people["administrator"], other, filled(path, world, name))
            if answer.status_code not in (404, 405):
                wrong.append((other, method, path, answer.status_code))
    assert wrong == []


CROSS_SITE = {
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
    "cross-site with our origin": {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
    "typed, from elsewhere": {"sec-fetch-site": "none", "origin": "https://evil.example"},
    "another origin": {"origin": "https://evil.example"},
    "no origin to tell": {"origin": "null"},
    "our name in theirs": {"origin": "http://127.0.0.1:8000.evil.example"},
    "nothing at all": {},
}


@without_database
@pytest.mark.parametrize("kind", CROSS_SITE)
def test_a_post_from_elsewhere_is_refused_everywhere(world: World, kind: str) -> None:
    wrong = []
    for line, address, person in posts(world):
        answer = ask(without_marks(person), "POST", address, data={"text": "x"}, headers=CROSS_SITE[kind])
        if answer.status_code != 403:
            wrong.append((line, answer.status_code))
    assert wrong == []


@without_database
def test_a_browser_without_either_header_needs_its_own_form_token(world: World) -> None:
    other = without_marks(world.people["learner"])
    wrong = []
    for line, address, person in posts(world):
        owner = without_marks(person)
        mine = ask(owner, "POST", address, data={"form_token": token_of(owner)}).status_code
        theirs = ask(owner, "POST", address, data={"form_token": token_of(other)}).status_code
        changed = ask(owner, "POST", address, data={"form_token": token_of(owner)[:-2] + "xx"}).status_code
        if mine in (403, 500) or (theirs, changed) != (403, 403):
            wrong.append((line, mine, theirs, changed))
    assert wrong == []


def without_marks(browser: Browser) -> Browser:
    """The same person in a browser that says nothing about where its forms come from."""
    bare = Browser(browser.app, base_url=str(browser.base_url), headers={"accept": "text/html"}, follow_redirects=False)
    for cookie in browser.cookies.jar:
        bare.cookies.jar.set_cookie(cookie)
    return bare


def token_of(browser: Browser) -> str:
    from fastapi import Request

    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)
    return form_token_for(Request({"type": "http", "headers": [(b"cookie", cookies.encode())]}))
