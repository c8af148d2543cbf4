"""Attempts, pauses, clocks: what the course says, what a person gets, and clocks that jump."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlmodel import select

from app.content.tree import QuizRules
from app.kernel import clock
from app.kernel.clock import now
from app.learning.models import Result
from app.quizzes.answers import kept_answers
from app.quizzes.limits import CohortLimits, effective_limits, time_left
from app.quizzes.models import Accommodation, Attempt
from app.quizzes.registrations import close_what_is_overdue
from tests.quizzes.conftest import QUIZ, QuizSite
from tests.quizzes.course import SLUG
from tests.quizzes.steps import answer_all, answer_one, form_of, hand_in, id_of, save, text_of
from tests.support.site import Browser


def extended(person: UUID, time_factor: float = 1.0, extra_attempts: int = 0) -> Accommodation:
    return Accommodation(user_id=person, course_slug=SLUG, granted_by=person, time_factor=time_factor, extra_attempts=extra_attempts)


def extend(site: QuizSite, learner: Browser, time_factor: float = 1.0, extra_attempts: int = 0) -> None:
    site.write(lambda db: db.add(extended(learner.user_id, time_factor, extra_attempts)))


def test_a_cohort_replaces_and_a_person_only_adds() -> None:
    course = QuizRules(attempts=3, pause=10, time_limit=20)
    person = extended(uuid4(), 1.5, 2)
    limits = effective_limits(course, CohortLimits(attempts=1, time_limit=timedelta(minutes=40)), person)
    assert (limits.attempts, limits.pause, limits.time_limit) == (3, timedelta(minutes=10), timedelta(minutes=60))
    assert effective_limits(QuizRules(), None, person).left(100) is None
    assert effective_limits(course, None, extended(uuid4(), 0.1)).time_limit == timedelta(minutes=20)


def test_a_clock_that_jumps_back_gives_no_more_time_than_there_was() -> None:
    start = now()
    assert time_left(start, start + timedelta(minutes=20), start - timedelta(days=1)) == timedelta(minutes=20)
    assert time_left(start, start + timedelta(minutes=20), start + timedelta(days=1)) == timedelta()


def test_the_last_attempt_is_announced_and_no_other_begins(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(attempts="2")
    learner = quiz_site.learner()
    hand_in(learner, quiz_site.begin(learner))
    assert "Este es tu último intento" in text_of(learner.page(QUIZ))
    attempt = quiz_site.begin(learner)
    assert "Este es tu último intento" in text_of(learner.page(f"{attempt}?view=review"))
    assert "Usaste todos tus intentos." in text_of(hand_in(learner, attempt))
    assert learner.page(QUIZ).css_first("form[action$='/attempts'] button") is None
    refused = learner.post(f"{QUIZ}/attempts")
    assert refused.status_code == 409
    assert "Ya no te quedan intentos" in refused.text


def test_a_person_with_more_attempts_begins_again(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(attempts="1")
    learner = quiz_site.learner()
    hand_in(learner, quiz_site.begin(learner))
    assert learner.post(f"{QUIZ}/attempts").status_code == 409
    extend(quiz_site, learner, extra_attempts=1)
    assert learner.post(f"{QUIZ}/attempts").status_code == 303


def test_the_pause_between_attempts_is_kept_and_said(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(pause="30")
    learner = quiz_site.learner()
    hand_in(learner, quiz_site.begin(learner))
    assert "El siguiente intento puede empezar el" in text_of(learner.page(QUIZ))
    assert learner.post(f"{QUIZ}/attempts").status_code == 409
    clock.shift(timedelta(minutes=31))
    assert learner.post(f"{QUIZ}/attempts").status_code == 303


def test_the_time_that_is_left_is_shown_calmly(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    assert "Quedan 20 minutos" in text_of(learner.page(attempt))
    clock.shift(timedelta(minutes=19, seconds=10))
    assert "Queda 1 minuto" in text_of(learner.page(attempt))


def test_a_save_within_the_grace_of_a_poor_line_counts(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    form = form_of(learner, f"{attempt}?question=7") | {"a.q-word": "contribución", "go": "next"}
    clock.shift(timedelta(minutes=20, seconds=40))
    save(learner, attempt, form)
    assert quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))["q-word"].value == {"text": "contribución"}


def test_after_the_time_what_was_saved_counts_and_what_comes_is_kept_apart(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    form = form_of(learner, f"{attempt}?question=7") | {"a.q-word": "ganancia", "go": "next"}
    clock.shift(timedelta(minutes=22))
    assert "Se acabó el tiempo" in text_of(learner.page(attempt))
    assert "llegó después" in save(learner, attempt, form, status=409).text
    assert "8 de 10 puntos: pasaste" in text_of(learner.page(attempt))


def test_the_page_of_an_overdue_attempt_leads_to_its_result(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    clock.shift(timedelta(minutes=22))
    assert learner.fill(attempt, "submission").status_code == 303
    found = quiz_site.read(lambda db: db.get_one(Attempt, id_of(attempt)))
    assert found.submitted_at == found.deadline_at
    assert "8 de 10 puntos: pasaste" in text_of(learner.page(attempt))


def test_the_worker_closes_what_nobody_came_back_to(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    answer_all(learner, quiz_site.begin(learner))
    close_what_is_overdue(quiz_site.unit)
    assert quiz_site.read(lambda db: db.exec(select(Result)).all()) == []
    clock.shift(timedelta(minutes=22))
    close_what_is_overdue(quiz_site.unit)
    assert quiz_site.read(lambda db: db.exec(select(Result)).one().passed)


def test_beginning_again_after_the_time_closes_the_old_attempt(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    first = quiz_site.begin(learner)
    clock.shift(timedelta(minutes=22))
    second = learner.post(f"{QUIZ}/attempts").headers["location"]
    assert second != first
    assert "Tu resultado" in (learner.page(first).html or "")


def test_more_time_moves_the_deadline(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20")
    learner = quiz_site.learner()
    extend(quiz_site, learner, time_factor=1.5)
    assert "Quedan 30 minutos" in text_of(learner.page(quiz_site.begin(learner)))


def test_the_clock_jumping_back_loses_nothing(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20", pause="30")
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    clock.shift(timedelta(days=-2))
    answer_one(learner, attempt, 7, {"a.q-word": "contribución"})
    assert "Quedan 20 minutos" in text_of(learner.page(attempt))
    hand_in(learner, attempt)
    clock.shift(timedelta(days=-3))
    assert learner.post(f"{QUIZ}/attempts").status_code == 409
    clock.shift(timedelta(days=-2, minutes=31))
    assert learner.post(f"{QUIZ}/attempts").status_code == 303
