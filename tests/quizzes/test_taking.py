"""Somebody takes a quiz with every type of question, by plain forms."""

from tests.quizzes.conftest import QUIZ, QuizSite
from tests.quizzes.steps import answer_all, answer_one, hand_in, text_of


def test_a_quiz_page_says_its_rules(quiz_site: QuizSite) -> None:
    text = text_of(quiz_site.learner().page(QUIZ))
    assert "9 preguntas." in text
    assert "Pasas con 70 de 100 puntos." in text
    assert "Repítelo cuantas veces quieras." in text


def test_a_visitor_reads_the_rules_and_is_led_to_the_course(quiz_site: QuizSite) -> None:
    page = quiz_site.visitor().page(QUIZ)
    assert page.css_first("a[href='/es/courses/jars#start']") is not None
    assert page.css_first("form[action$='/attempts']") is None


def test_paging_saves_each_answer_and_leads_on(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer = answer_one(learner, attempt, 1, {"a.q-number": "1250"})
    assert answer.headers["location"] == f"{attempt}?question=2"
    page = learner.page(f"{attempt}?question=1")
    field = page.css_first("input[name='a.q-number']")
    assert field is not None
    assert field.attributes["value"] == "1250"
    assert "Guardado a las" in text_of(page, "#s-q-number")


def test_an_attempt_opens_where_the_learner_left_it(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_one(learner, attempt, 1, {"a.q-number": "1000"})
    assert learner.page(attempt).css_first("fieldset#q-single") is not None


def test_beginning_again_continues_the_attempt_that_runs(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    assert learner.post(f"{QUIZ}/attempts").headers["location"] == attempt
    assert attempt in (learner.page(QUIZ).html or "")


def test_all_right_answers_pass_and_an_open_one_waits(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    assert "Todas las preguntas tienen respuesta" in text_of(learner.page(f"{attempt}?view=review"))
    text = text_of(hand_in(learner, attempt))
    assert "8 de 10 puntos: pasaste" in text
    assert "Una persona va a leer una de tus respuestas" in text


def test_a_wrong_answer_gets_its_own_reason_and_the_lesson(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt, {"a.q-number": "1000", "a.q-matching.a": "z"})
    page = hand_in(learner, attempt)
    assert "Aquí falta sumar la renta." in text_of(page, "section[aria-labelledby=r-q-number]")
    assert page.css_first("section[aria-labelledby=r-q-number] a[href='/es/courses/jars/selling/counting']") is not None
    assert "No se devuelve" in text_of(page, "section[aria-labelledby=r-q-matching] table")


def test_credit_is_given_in_parts(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt, {"a.q-multiple": "a", "a.q-matching.b": "z", "a.q-ordering.a": "2", "a.q-ordering.b": "1"})
    text = text_of(hand_in(learner, attempt))
    assert "6.33 de 10 puntos" in text  # 1/2 of the ticks, 1/2 of the pairs, 1/3 of the steps, the open answer unread


def test_what_is_missing_is_named_before_handing_in(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt, {"a.q-matching.b": "", "a.q-word": ""})
    text = text_of(learner.page(f"{attempt}?view=review"))
    assert "Faltan 2 respuestas" in text
    assert "Incompleta" in text
    assert "Sin respuesta" in text


def test_a_quiz_is_spoken_in_the_language_of_its_path(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner).replace("/es/", "/en/")
    page = learner.page(f"{attempt}?question=1")
    assert "How many jars must she sell" in text_of(page)
    assert "Save and next" in text_of(page)


def test_a_number_with_two_meanings_is_asked_about_before_grading(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt, {"a.q-number": "1.250"})
    refused = learner.post(f"{attempt}/submission", data={})
    assert refused.status_code == 422
    assert "¿Cuál número quieres decir?" in refused.text
    assert {"1.25", "1250"} <= set(refused.text.replace("</label>", " ").split())
    review = learner.fill(f"{attempt}?view=review", "submission", **{"a.q-number.reading": "1250"})
    assert review.status_code == 303
    assert "8 de 10 puntos: pasaste" in text_of(learner.page(attempt))


def test_the_paper_of_an_attempt_outlives_a_new_edition(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    hand_in(learner, attempt)
    quiz_site.publish_quiz({"¿Qué es la contribución?": "¿A qué llamamos contribución?", "[x] 1250": "[x] 1251", "[ ] 1000": "[ ] 1250"})
    text = text_of(learner.page(attempt))
    assert "¿Qué es la contribución?" in text
    assert "8 de 10 puntos: pasaste" in text
