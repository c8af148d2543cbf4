"""A key was corrected: who changes is said first, written then, and nobody is lowered by accident."""

import pytest
from sqlmodel import select

from app.kernel.models import AuditEntry
from app.learning.models import Result
from app.quizzes.commands import regrade_course
from app.quizzes.regrading import NoCourse
from tests.quizzes.conftest import QuizSite
from tests.quizzes.course import SLUG
from tests.quizzes.steps import answer_all, hand_in, text_of
from tests.support.site import Browser

NOW_RIGHT = {"- [x] 1250 {#a}": "- [ ] 1250 {#a}", "- [ ] 1000 {#b}": "- [x] 1000 {#b}"}


def handed_in(site: QuizSite, name: str, number: str) -> tuple[Browser, str]:
    learner = site.learner(name)
    attempt = site.begin(learner)
    answer_all(learner, attempt, {"a.q-number": number})
    hand_in(learner, attempt)
    return learner, attempt


def scores(site: QuizSite) -> list[float]:
    return sorted(site.read(lambda db: db.exec(select(Result.score)).all()))


def test_an_unchanged_key_changes_nobody(quiz_site: QuizSite) -> None:
    handed_in(quiz_site, "Lina", "1000")
    assert regrade_course(quiz_site.unit, SLUG) == ([], 1)


def test_it_says_who_would_change_and_writes_nothing(quiz_site: QuizSite, capsys: pytest.CaptureFixture[str]) -> None:
    handed_in(quiz_site, "Lina", "1000")
    quiz_site.publish_quiz(NOW_RIGHT)
    found, looked_at = regrade_course(quiz_site.unit, SLUG, "questions")
    assert [(change.learner, change.before.score, change.after.score) for change in found] == [("Lina", 7.0, 8.0)]
    assert looked_at == 1
    assert "Lina: jars-questions, attempt 1: 7 -> 8 of 10 (q-number)" in capsys.readouterr().out
    assert scores(quiz_site) == [7.0]


def test_applied_it_raises_and_lowers_nobody(quiz_site: QuizSite) -> None:
    learner, attempt = handed_in(quiz_site, "Lina", "1000")
    handed_in(quiz_site, "Memo", "1250")
    quiz_site.publish_quiz(NOW_RIGHT)
    regrade_course(quiz_site.unit, SLUG, apply_it=True)
    assert scores(quiz_site) == [8.0, 8.0]
    assert "8 de 10 puntos" in text_of(learner.page(attempt))
    assert quiz_site.read(lambda db: db.exec(select(AuditEntry.action)).all()) == ["quizzes.regrade"]
    assert [change.learner for change in regrade_course(quiz_site.unit, SLUG, apply_it=True)[0]] == ["Memo"]


def test_a_flag_lowers(quiz_site: QuizSite) -> None:
    handed_in(quiz_site, "Memo", "1250")
    quiz_site.publish_quiz(NOW_RIGHT)
    regrade_course(quiz_site.unit, SLUG, apply_it=True, allow_lower=True)
    assert scores(quiz_site) == [7.0]
    assert regrade_course(quiz_site.unit, SLUG, apply_it=True, allow_lower=True)[0] == []


def test_a_mentors_points_stay(quiz_site: QuizSite) -> None:
    _, attempt = handed_in(quiz_site, "Lina", "1000")
    mentor = quiz_site.person("Eva", "mentor")
    mentor.post(f"/es/mentor/answers/{attempt.rsplit('/', 1)[-1]}/q-open", data={"points": "2", "words": "Bien", "base": "0"})
    quiz_site.publish_quiz(NOW_RIGHT)
    regrade_course(quiz_site.unit, SLUG, apply_it=True)
    assert scores(quiz_site) == [10.0]


def test_an_unknown_course_or_quiz_is_named(quiz_site: QuizSite) -> None:
    for course, quiz in (("nothing", ""), (SLUG, "nothing")):
        with pytest.raises(NoCourse):
            regrade_course(quiz_site.unit, course, quiz)
