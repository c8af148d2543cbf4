"""What every answer carries."""

from tests.support.site import Site


def test_it_answers_health_and_readiness(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.get("/healthz").json() == {"status": "ok"}
    assert visitor.get("/readyz").json() == {"status": "ready"}


def test_the_root_leads_to_the_readers_language(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.get("/", headers={"accept-language": "en-US,en;q=0.9"}).headers["location"] == "/en"
    assert visitor.get("/", headers={"accept-language": "nah"}).headers["location"] == "/es"


def test_an_unknown_page_is_404_in_the_language_of_the_path(site: Site) -> None:
    spanish, english = site.visitor().get("/es/nada"), site.visitor().get("/en/nothing")
    assert (spanish.status_code, english.status_code) == (404, 404)
    assert "We cannot find this page" in english.text
    assert 'lang="es"' in spanish.text


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    headers = site.visitor().get("/es/nada").headers
    assert "'unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
