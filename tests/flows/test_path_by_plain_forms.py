"""The whole path as plain HTTP: every address comes from a page, every post from the form that the page shows."""

import pytest

from tests.accounts.steps import PASSPHRASE
from tests.contracts.world import publish_courses
from tests.flows.walk import RIGHT, WRONG
from tests.support.site import Browser, Site, the, values_of

NOT_YET = {"es": "todavía no", "en": "not yet"}
PASSED = {"es": "pasaste", "en": "you passed"}
VALID = {"es": "Válido", "en": "Valid"}
ADVICE = "Di de dónde salió cada número."


def href(browser: Browser, path: str, ending: str) -> str:
    """The first link on a page whose address ends so."""
    return str(the(browser.page(path), f"a[href$='{ending}']").attributes["href"])


def after(answer: object) -> str:
    """Where a post leads to."""
    assert getattr(answer, "status_code", 0) == 303, getattr(answer, "text", "")[:2000]
    return str(answer.headers["location"])  # type: ignore[attr-defined]


def given(answers: dict[str, str]) -> dict[str, str]:
    return {f"a.{question}": answer for question, answer in answers.items()}


def hand_in_answers(lina: Browser, attempt: str, answers: dict[str, str]) -> str:
    """Saves every answer, hands in and returns the text of the result."""
    assert after(lina.fill(f"{attempt}?view=all", "/answers", **given(answers), go="review")).endswith("view=review")
    return lina.read(after(lina.fill(f"{attempt}?view=review", "/submission")))


def hand_in_work(lina: Browser, draft: str, fields: dict[str, str]) -> None:
    """Fills the form and presses its second button, which has an address of its own."""
    page = lina.page(draft)
    button = the(page, "form[action$='/draft'] button[formaction]")
    after(lina.post(str(button.attributes["formaction"]), data=values_of(the(page, "form[action$='/draft']")) | fields))


def judge(rosa: Browser, lang: str, learner: str, verdict: str, level: str) -> None:
    listed = next(link for link in rosa.page(f"/{lang}/mentor").css(".toc a") if learner in link.text())
    after(rosa.fill(str(listed.attributes["href"]), "/review", **{"s.costs": level, "s.reason": level, "words": ADVICE}, verdict=verdict))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_from_the_first_page_to_a_certificate_by_forms_alone(site: Site, lang: str) -> None:
    publish_courses(site)
    rosa = site.person("Rosa", "mentor")
    lina = site.visitor()
    course = href(lina, href(lina, f"/{lang}", "/courses"), "/corner-shop")
    lesson = href(lina, course, "/first-sale/price")
    assert lina.get(lesson).status_code == 200

    sign_up = after(lina.fill(course, "/enrollment"))
    code = after(lina.fill(sign_up, "/sign-up", name="Lina Cruz", identifier="lina.cruz", passphrase=PASSPHRASE))
    assert the(lina.page(code), ".code").text().strip()
    course_again = after(lina.fill(code, "/written-down"))
    begins = after(lina.fill(course_again.split("#")[0], "/enrollment"))
    assert lina.get(begins, follow_redirects=True).url.path == lesson
    quiz = after(lina.fill(lesson, "/done"))

    attempt = after(lina.fill(quiz, "/attempts"))
    after(lina.fill(f"{attempt}?question=1", "/answers", **given({"q-left": WRONG["q-left"]}), go="next"))
    lina = site.visitor()  # half a quiz, and the browser is gone
    me = after(lina.fill(f"/{lang}/sign-in", "/sign-in", identifier="lina.cruz", passphrase=PASSPHRASE))
    assert str(the(lina.page(me), ".go a.btn").attributes["href"]).endswith("/first-sale/questions")
    assert after(lina.fill(quiz, "/attempts")).split("?")[0] == attempt
    kept = the(lina.page(f"{attempt}?view=all"), f"input[name='a.q-left'][value='{WRONG['q-left']}']")
    assert "checked" in kept.attributes
    assert NOT_YET[lang] in hand_in_answers(lina, attempt, WRONG)
    second = after(lina.fill(attempt, "/attempts"))
    assert second != attempt
    assert PASSED[lang] in hand_in_answers(lina, second, RIGHT)

    exercise = href(lina, second, "/first-sale/sheet")
    draft = href(lina, exercise, "/draft")
    work = {"a.thing": "Pan de nata", "a.price": "30", "a.why": "Me gusta."}
    after(lina.fill(draft, "/draft", **work))
    hand_in_work(lina, draft, work)
    judge(rosa, lang, "Lina", "revise", "2")
    assert ADVICE in lina.read(exercise)
    hand_in_work(lina, draft, {"a.why": "La harina y el gas cuestan 22; quedan 8."})
    judge(rosa, lang, "Lina", "accept", "4")

    claim = href(lina, me, "/certificate")
    certificate = after(lina.fill(claim, "/certificate", name="Lina Ñandú Cruz"))
    stranger = site.visitor()
    checked = stranger.get(certificate, headers={"accept-language": lang})
    assert VALID[lang] in checked.text
    assert "Lina Ñandú Cruz" in checked.text
    assert stranger.get(f"{certificate}.pdf").content.startswith(b"%PDF")
    assert stranger.get(certificate[:-1] + ("A" if certificate[-1] != "A" else "B")).status_code == 404
