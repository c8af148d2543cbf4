"""Forged, broken and late input: a clear answer with the right status, nothing lost, nothing doubled."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlmodel import col, func, select

from app.learning.models import Result
from app.quizzes.answers import kept_answers
from app.quizzes.models import Attempt
from tests.quizzes.conftest import QUIZ, QuizSite
from tests.quizzes.steps import answer_all, answer_one, form_of, hand_in, id_of, save


def test_an_unknown_and_a_malformed_attempt_are_not_there(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    for name in (uuid4(), "nothing", "1", "%00"):
        assert learner.get(f"/es/attempts/{name}").status_code == 404
        assert learner.post(f"/es/attempts/{name}/answers", data={"r.q-word": "0"}).status_code == 404
        assert learner.post(f"/es/attempts/{name}/submission").status_code == 404


def test_another_persons_attempt_is_not_there(quiz_site: QuizSite) -> None:
    attempt = quiz_site.begin(quiz_site.learner())
    other = quiz_site.learner("Memo")
    assert other.get(attempt).status_code == 404
    assert other.post(f"{attempt}/answers", data={"r.q-word": "0", "a.q-word": "x"}).status_code == 404
    assert other.post(f"{attempt}/submission").status_code == 404
    assert quiz_site.read(lambda db: kept_answers(db, id_of(attempt))) == {}


def test_a_lesson_cannot_be_begun(quiz_site: QuizSite) -> None:
    assert quiz_site.learner().post("/es/courses/jars/selling/counting/attempts").status_code == 404


def test_who_is_not_enrolled_is_led_to_the_course(quiz_site: QuizSite) -> None:
    answer = quiz_site.person("Memo").post(f"{QUIZ}/attempts")
    assert (answer.status_code, answer.headers["location"]) == (303, "/es/courses/jars#start")


@pytest.mark.parametrize(
    "fields",
    [
        {"a.q-single": "z"},
        {"a.q-single": "../../etc"},
        {"a.q-multiple": ["a", "nope"]},
        {"a.q-matching.a": "w"},
        {"a.q-ordering.a": "99"},
        {"a.q-true": ["a", "b"]},
    ],
)
def test_a_choice_that_is_not_in_the_question_is_refused_and_the_rest_is_saved(quiz_site: QuizSite, fields: dict[str, object]) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer = save(learner, attempt, form_of(learner, f"{attempt}?view=all") | {"a.q-word": "contribución"} | fields, status=422)
    assert "otra vez" in answer.text
    kept = quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))
    assert list(kept) == ["q-word"]


def test_a_question_that_is_not_in_the_paper_is_refused_in_words(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    form = form_of(learner, f"{attempt}?question=7") | {"a.q-word": "contribución", "r.q-retired": "0", "a.q-retired": "a"}
    answer = save(learner, attempt, form, status=422)
    assert "no es de tu cuestionario" in answer.text
    assert list(quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))) == ["q-word"]


def test_a_text_that_is_too_long_comes_back_with_what_was_typed(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer = answer_one(learner, attempt, 9, {"a.q-open": "palabra " * 2000}, 422)
    assert "10,000 letras como máximo" in answer.text
    assert answer.text.count("palabra ") >= 1999


def test_a_megabyte_in_a_field_is_refused_before_it_is_read(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_one(learner, attempt, 9, {"a.q-open": "x" * 1_000_001}, 413)


def test_nul_and_control_characters_are_taken_out(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_one(learner, attempt, 9, {"a.q-open": "uno\x00 dos\x07\x1b tres"})
    assert quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))["q-open"].value == {"text": "uno dos tres"}


def test_broken_utf8_and_odd_bases_do_no_harm(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for body in (b"r.q-word=abc&a.q-word=%ff%fe", b"r.q-word=-1&a.q-word=x", b"r.q-word=99999999999999999999&a.q-word=y", b"use=%00:9"):
        assert learner.post(f"{attempt}/answers", content=body, headers=kind).status_code in (303, 422)


def test_a_wrong_content_type_is_415(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    assert learner.post(f"{attempt}/answers", json={"r.q-word": 0}).status_code == 415


def test_twenty_submissions_at_once_are_one(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    with ThreadPoolExecutor(20) as crowd:
        statuses = list(crowd.map(lambda _: learner.post(f"{attempt}/submission").status_code, range(20)))
    assert statuses == [303] * 20
    assert quiz_site.read(lambda db: db.exec(select(func.count(col(Result.id)))).one()) == 1


def test_twenty_beginnings_at_once_are_one(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    with ThreadPoolExecutor(20) as crowd:
        places = set(crowd.map(lambda _: learner.post(f"{QUIZ}/attempts").headers["location"], range(20)))
    assert len(places) == 1
    assert quiz_site.read(lambda db: db.exec(select(func.count(col(Attempt.id)))).one()) == 1


def test_the_same_save_five_times_in_parallel_is_one(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    form = form_of(learner, f"{attempt}?question=7") | {"a.q-word": "contribución", "go": "next"}
    with ThreadPoolExecutor(5) as crowd:
        answers = list(crowd.map(lambda _: learner.post(f"{attempt}/answers", data=form), range(5)))
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, f"{attempt}?question=8")}
    assert len(quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))["q-word"].revisions) == 1


def test_different_saves_in_parallel_are_all_kept(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)

    def write(number: int) -> int:
        fields = {"r.q-open": "0", "page": str(number), "a.q-open": f"texto {number}"}
        return int(learner.post(f"{attempt}/answers", data=fields).status_code)

    with ThreadPoolExecutor(10) as crowd:
        assert set(crowd.map(write, range(10))) == {303}
    rows = quiz_site.read(lambda db: kept_answers(db, id_of(attempt)))["q-open"].revisions
    assert {row.value["text"] for row in rows} == {f"texto {number}" for number in range(10)}
    assert sum(row.standing == "counts" for row in rows) == 1


def test_handing_in_twice_changes_nothing(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    hand_in(learner, attempt)
    before = quiz_site.read(lambda db: db.get_one(Attempt, id_of(attempt)).submitted_at)
    assert learner.post(f"{attempt}/submission").headers["location"] == attempt
    assert quiz_site.read(lambda db: db.get_one(Attempt, id_of(attempt)).submitted_at) == before
