"""The MDN HTTP Observatory would give our answers an A+ at an https address.

Rules and points: github.com/mdn/mdn-http-observatory, src/grader/charts.js (SCORE_TABLE). Every test starts from 100;
points above it count only when nothing pulls the score under 90. What needs a certificate or a public name (the redirect
from http, the preload list) is the operator's, and counts nothing here.
"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from app.kernel.settings import settings
from tests.contracts.world import publish_courses
from tests.support.site import Browser, Site

SIX_MONTHS = 15_768_000  # seconds
PRIVATE_REFERRER = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
PAGES = ("/es", "/en/courses", "/es/courses/corner-shop/first-sale/price", "/es/sign-in", "/es/nada", "/certificates", "/healthz")


def policy_of(headers: dict[str, str]) -> dict[str, list[str]]:
    parts = [part.split() for part in headers.get("content-security-policy", "").split(";") if part.strip()]
    return {words[0]: words[1:] for words in parts}


def csp(headers: dict[str, str]) -> int:
    policy = policy_of(headers)
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    if any(word.startswith("'unsafe") or word in ("*", "https:", "http:", "data:") for word in scripts):
        return -20
    if any(word.startswith("http:") for words in policy.values() for word in words):
        return -20
    if any(word.startswith("'unsafe") for words in policy.values() for word in words):
        return 0
    locked = policy.get("default-src") == ["'none'"] and policy.get("form-action") in (["'self'"], ["'none'"])
    return 10 if locked else 5


def framing(headers: dict[str, str]) -> int:
    if policy_of(headers).get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def strict_transport(headers: dict[str, str]) -> int:
    age = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if age is None:
        return -20
    return 0 if int(age.group(1)) >= SIX_MONTHS else -10


def sniffing(headers: dict[str, str]) -> int:
    return 0 if headers.get("x-content-type-options") == "nosniff" else -5


def referrer(headers: dict[str, str]) -> int:
    return 5 if headers.get("referrer-policy") in PRIVATE_REFERRER else -5


def resources(headers: dict[str, str]) -> int:
    return 10 if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site") else 0


def sharing(headers: dict[str, str]) -> int:
    shared = headers.get("access-control-allow-origin")
    return -50 if shared and headers.get("access-control-allow-credentials") == "true" else 0


def cookies(set_cookies: list[str]) -> int:
    """Session cookies must be HttpOnly; all must be Secure and have SameSite."""
    score = 5 if set_cookies else 0
    for line in set_cookies:
        for name, cookie in SimpleCookie(line).items():
            if not cookie["secure"]:
                return -40
            if name != "language" and not cookie["httponly"]:
                return -30
            if cookie["samesite"].lower() not in ("lax", "strict"):
                score = 0
    return score


def integrity(html: str) -> int:
    scripts = [script.attributes for script in HTMLParser(html).css("script[src]")]
    foreign = [script for script in scripts if "//" in (script["src"] or "")]
    if any(not (script["src"] or "").startswith("https://") for script in foreign):
        return -50
    if any(not script.get("integrity") for script in foreign):
        return -5
    return 5 if foreign else 0


RULES = (csp, framing, strict_transport, sniffing, referrer, resources, sharing)


def score_of(answer: object, html: str = "") -> int:
    headers = {name.lower(): value for name, value in answer.headers.items()}  # type: ignore[attr-defined]
    points = [rule(headers) for rule in RULES]
    points += [cookies(answer.headers.get_list("set-cookie")), integrity(html)]  # type: ignore[attr-defined]
    base = 100 + sum(point for point in points if point < 0)
    return base + sum(point for point in points if point > 0) if base >= 90 else base


@pytest.fixture
def secure(environment: pytest.MonkeyPatch, database_url: str) -> Iterator[Site]:
    """The site at an https address, as operators run it."""
    from app.main import create_app

    environment.setenv("TEQUIO_BASE_URL", "https://tequio.example")
    environment.setenv("TEQUIO_SECRET_KEY", "0123456789abcdef0123456789abcdef")
    environment.setenv("TEQUIO_DATABASE_URL", database_url)
    settings.cache_clear()
    made = Site(create_app(), database_url)
    publish_courses(made)
    yield made
    made.unit.close()


def test_every_kind_of_answer_gets_an_a_plus(secure: Site) -> None:
    visitor = secure.visitor()
    for path in PAGES:
        answer = visitor.get(path)
        assert score_of(answer, answer.text) >= 100, (path, dict(answer.headers))
    assert score_of(visitor.get("/es/me")) >= 100  # a redirect


def test_signing_up_sets_only_cookies_that_count_as_safe(secure: Site) -> None:
    answer = secure.visitor().fill("/es/sign-up", name="Lina", identifier="lina", passphrase="tres mangos verdes")
    assert answer.status_code == 303
    set_cookies = answer.headers.get_list("set-cookie")
    assert any(line.startswith("__Host-tequio=") for line in set_cookies)
    assert cookies(set_cookies) == 5
    assert score_of(answer) >= 100


def test_the_one_foreign_script_has_its_hash_and_its_exact_address_in_the_policy(secure: Site) -> None:
    lina: Browser = secure.person("Lina")
    assert lina.post("/es/courses/corner-shop/enrollment").status_code == 303
    assert lina.fill("/es/courses/corner-shop/first-sale/questions", "/attempts").status_code == 303
    attempt = lina.post("/es/courses/corner-shop/first-sale/questions/attempts").headers["location"]
    answer = lina.get(attempt)
    assert integrity(answer.text) == 5
    assert score_of(answer, answer.text) >= 100
    foreign = [script.attributes["src"] for script in HTMLParser(answer.text).css("script[src^=https]")]
    assert foreign == [word for word in policy_of(dict(answer.headers))["script-src"] if word.startswith("https:")]


def test_the_grader_itself_finds_what_is_wrong() -> None:
    assert csp({}) == -25
    assert csp({"content-security-policy": "default-src 'none'; script-src 'self' 'unsafe-inline'; form-action 'self'"}) == -20
    assert framing({}) == -20
    assert strict_transport({"strict-transport-security": "max-age=3600"}) == -10
    assert cookies(["tequio=1; HttpOnly; SameSite=lax"]) == -40
    assert cookies(["tequio=1; Secure; SameSite=lax"]) == -30
    assert integrity('<script src="https://cdn.example/x.js"></script>') == -5
