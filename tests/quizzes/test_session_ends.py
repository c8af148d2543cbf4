"""A session that ends in the middle of a quiz: after signing in again the learner stands where they stood."""

from datetime import timedelta

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from app.kernel import clock
from app.learning.models import Enrollment
from app.quizzes.answers import kept_answers
from tests.accounts.steps import PASSPHRASE, new_learner
from tests.quizzes.conftest import QuizSite
from tests.quizzes.course import SLUG
from tests.quizzes.steps import answer_one, form_of, id_of
from tests.support.site import Browser, values_of


def lina(site: QuizSite) -> Browser:
    browser = new_learner(site)
    site.write(lambda db: db.add(Enrollment(user_id=browser.user_id, course_slug=SLUG, edition_id=site.edition_id)))
    return browser


def test_what_was_being_saved_is_saved_after_signing_in(quiz_site: QuizSite) -> None:
    learner = lina(quiz_site)
    attempt = quiz_site.begin(learner)
    answer_one(learner, attempt, 7, {"a.q-word": "contribución"})
    fields = form_of(learner, f"{attempt}?question=3") | {"a.q-multiple": ["a", "b"], "go": "next"}
    clock.shift(timedelta(days=31))
    refused = learner.post(f"{attempt}/answers", data=fields)
    assert refused.status_code == 401
    form = next(one for one in HTMLParser(refused.text).css("form[method=post]") if "sign-in" in (one.attributes["action"] or ""))
    back = learner.post(form.attributes["action"] or "", data=values_of(form) | {"identifier": "lina", "passphrase": PASSPHRASE})
    again = HTMLParser(back.text).css_first(f"form[action='{attempt}/answers']")
    assert again is not None
    pairs = [(field.attributes["name"] or "", field.attributes.get("value") or "") for field in again.css("input[name]")]
    saved = learner.post(f"{attempt}/answers", data={name: [v for n, v in pairs if n == name] for name, _ in pairs})
    assert saved.headers["location"] == f"{attempt}?question=4"
    kept = quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))
    assert kept["q-multiple"].value == {"choices": ["a", "b"]}
    assert kept["q-word"].value == {"text": "contribución"}


def test_a_script_is_told_that_the_session_has_ended(quiz_site: QuizSite) -> None:
    learner = lina(quiz_site)
    attempt = quiz_site.begin(learner)
    clock.shift(timedelta(days=31))
    fields = {"only": "q-word", "r.q-word": "0", "a.q-word": "contribución"}
    assert learner.post(f"{attempt}/answers", data=fields, headers={"hx-request": "true"}).status_code == 401
