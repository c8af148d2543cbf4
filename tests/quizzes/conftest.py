"""The course with the quiz, published, and people who take it."""

from collections.abc import Mapping

import pytest

from app.catalog.publishing import publish
from app.learning.models import Enrollment
from tests.quizzes.course import SLUG, course_files
from tests.support.site import Browser, Site

QUIZ = f"/es/courses/{SLUG}/selling/questions"
BEFORE = f"/es/courses/{SLUG}/selling/before"
AFTER = f"/es/courses/{SLUG}/selling/after"


class QuizSite(Site):
    """A site with the course of jars on it."""

    def publish_quiz(self, questions: Mapping[str, str] | None = None, **rules: str) -> None:
        """Publishes the course anew: `rules` of the quiz, `questions` to replace texts. Who is enrolled stays as decided."""
        publication = self.write(
            lambda db: publish(db, SLUG, course_files(questions, **{"pass" if k == "passing" else k: v for k, v in rules.items()}))
        )
        assert publication.edition is not None, [str(fault) for fault in publication.faults]
        self.edition_id = publication.edition.id

    def learner(self, name: str = "Lina") -> Browser:
        """A person who takes the course as it is now."""
        browser = self.person(name)
        self.write(lambda db: db.add(Enrollment(user_id=browser.user_id, course_slug=SLUG, edition_id=self.edition_id)))
        return browser

    def begin(self, browser: Browser, quiz: str = QUIZ) -> str:
        """Begins (or continues) a quiz from its page and returns the address of the attempt."""
        answer = browser.fill(quiz, "/attempts")
        assert answer.status_code == 303, answer.text[:500]
        return str(answer.headers["location"])


@pytest.fixture
def quiz_site(site: Site) -> QuizSite:
    """The course with its default rules: no limits, answers shown at once."""
    made = QuizSite(site.app, site.url)
    made.publish_quiz()
    return made
