"""What a result shows and what the ledger gets: best or last, answers by their rule, gains, mentors' points."""

from sqlmodel import select

from app.accounts.policies import SITE
from app.kernel.ids import new_id
from app.kernel.models import AuditEntry
from app.learning.models import Result
from app.quizzes.mentoring import waiting_answers
from tests.quizzes.conftest import AFTER, BEFORE, QUIZ, QuizSite
from tests.quizzes.course import SLUG
from tests.quizzes.steps import answer_all, form_of, hand_in, id_of, save, text_of
from tests.support.site import Browser

PATH = "/es/mentor/answers"


def ledger(site: QuizSite) -> Result:
    return site.read(lambda db: db.exec(select(Result)).one())


def take(site: QuizSite, learner: Browser, right: bool) -> str:
    attempt = site.begin(learner)
    if right:
        answer_all(learner, attempt)
    hand_in(learner, attempt)
    return attempt


def answer_pair(site: QuizSite, learner: Browser, quiz: str, right: int) -> str:
    """Answers two of the questions with numbers, so many rightly, and hands in."""
    attempt = site.begin(learner, quiz)
    page = learner.page(f"{attempt}?view=all")
    fields = form_of(learner, f"{attempt}?view=all")
    for number, section in enumerate(page.css("section.q")):
        price = int(text_of(page, f"#{section.attributes['id']} h2").split()[-1])
        fields[f"a.{section.attributes['id']}"] = str(price * 2 if number < right else 1)
    save(learner, attempt, fields | {"go": "review"})
    hand_in(learner, attempt)
    return attempt


def test_the_best_attempt_counts(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    take(quiz_site, learner, right=True)
    take(quiz_site, learner, right=False)
    assert (ledger(quiz_site).passed, ledger(quiz_site).score, ledger(quiz_site).attempt_number) == (True, 8.0, 1)


def test_the_last_attempt_counts_where_the_quiz_says_so(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(grade="last")
    learner = quiz_site.learner()
    take(quiz_site, learner, right=True)
    take(quiz_site, learner, right=False)
    assert (ledger(quiz_site).passed, ledger(quiz_site).score, ledger(quiz_site).attempt_number) == (False, 0.0, 2)


def test_answers_stay_hidden_until_passed_where_the_quiz_says_so(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(answers="passed")
    learner = quiz_site.learner()
    failed = take(quiz_site, learner, right=False)
    assert "Se divide lo fijo" not in text_of(learner.page(failed))
    take(quiz_site, learner, right=True)
    assert "Se divide lo fijo" in text_of(learner.page(failed))


def test_answers_are_shown_after_the_last_attempt(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(answers="passed", attempts="1")
    learner = quiz_site.learner()
    assert "Se divide lo fijo" in text_of(learner.page(take(quiz_site, learner, right=False)))


def test_answers_are_never_shown_where_the_quiz_says_so(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(answers="never")
    learner = quiz_site.learner()
    text = text_of(learner.page(take(quiz_site, learner, right=True)))
    assert "Se divide lo fijo" not in text
    assert "Así es: se redondea" not in text
    assert "8 de 10 puntos" in text


def test_each_attempt_draws_its_own_numbers_and_the_solution_shows_them(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner, BEFORE)
    page = learner.page(f"{attempt}?view=all")
    price = int(text_of(page, "section.q h2").split()[-1])
    hand_in(learner, attempt)
    assert f"{price} × 2 = {price * 2}" in text_of(learner.page(attempt))


def test_the_gain_is_shown_to_the_learner(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    answer_pair(quiz_site, learner, BEFORE, 1)
    result = text_of(learner.page(answer_pair(quiz_site, learner, AFTER, 2)))
    assert "Al principio tenías 50 de 100 puntos; al final, 100. Ganaste 50." in result


def test_coordinators_see_gains_in_sums_from_five_people_on(quiz_site: QuizSite) -> None:
    coordinator = quiz_site.person("Paz", "coordinator", scope=("course", SLUG))
    address = f"/es/admin/courses/{SLUG}/gains"
    for number in range(5):
        assert "50" not in text_of(coordinator.page(address), "tbody")
        learner = quiz_site.learner(f"Lina{number}")
        answer_pair(quiz_site, learner, BEFORE, 1)
        answer_pair(quiz_site, learner, AFTER, 2)
    assert text_of(coordinator.page(address), "tbody") == "Frascos 5 50 100 5 de 5"
    assert quiz_site.learner("Otra").get(address).status_code == 404
    assert quiz_site.person("Otro", "coordinator", scope=("course", "finance")).get(address).status_code == 404


def test_a_mentor_reads_an_open_answer_and_the_total_changes(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = take(quiz_site, learner, right=True)
    mentor = quiz_site.person("Eva", "mentor", scope=("course", SLUG))
    assert "Lina" in text_of(mentor.page(PATH))
    page = f"{PATH}/{id_of(attempt)}/q-open"
    assert "Hablaría con quien prestó." in text_of(mentor.page(page))
    assert mentor.fill(page, "q-open", points="1.5", words="Bien: hablar primero.").status_code == 303
    assert "Nada espera" in text_of(mentor.page(PATH))
    result = text_of(learner.page(attempt))
    assert "9.5 de 10 puntos: pasaste" in result
    assert "Bien: hablar primero." in result
    assert ledger(quiz_site).score == 9.5
    assert "una persona te contestó" in text_of(learner.page("/es/me"))
    audited = quiz_site.read(lambda db: db.exec(select(AuditEntry.action)).all())
    assert "quizzes.mark_answer" in audited


def test_a_mentor_cannot_give_too_much_or_overwrite_another(quiz_site: QuizSite) -> None:
    attempt = take(quiz_site, quiz_site.learner(), right=True)
    mentor = quiz_site.person("Eva", "mentor")
    page = f"{PATH}/{id_of(attempt)}/q-open"
    assert mentor.fill(page, "q-open", points="3", words="x").status_code == 422
    assert mentor.post(page, data={"points": "1", "words": "primera", "base": "0"}).status_code == 303
    assert mentor.post(page, data={"points": "2", "words": "segunda", "base": "0"}).status_code == 409


def test_only_mentors_of_the_course_read_and_never_their_own(quiz_site: QuizSite) -> None:
    attempt = take(quiz_site, quiz_site.learner(), right=True)
    page = f"{PATH}/{id_of(attempt)}/q-open"
    for stranger in (quiz_site.learner("Memo"), quiz_site.person("Eva", "mentor", scope=("course", "finance"))):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, data={"points": "1", "words": "x"}).status_code == 404
    owner = quiz_site.read(lambda db: waiting_answers(db, {SITE}, new_id()))
    assert len(owner) == 1


def test_a_finished_quiz_completes_the_course(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    for quiz in (BEFORE, AFTER):
        answer_pair(quiz_site, learner, quiz, 2)
    take(quiz_site, learner, right=True)
    from app.learning.models import Enrollment

    assert quiz_site.read(lambda db: db.exec(select(Enrollment.completed_at)).one()) is not None


def test_a_course_opens_and_closes_with_the_notice_that_it_is_no_advice(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    for quiz in (BEFORE, AFTER):
        assert "No sustituye la asesoría legal" in text_of(learner.page(quiz))
    assert "No sustituye la asesoría legal" not in text_of(learner.page(QUIZ))
    assert "No sustituye la asesoría legal" in text_of(learner.page(f"/es/courses/{SLUG}"))
