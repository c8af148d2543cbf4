"""A paper follows from its seed, and its key has a name that changes with what is right."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.reader import read_course
from app.content.tree import Quiz
from app.quizzes.marking import mark_paper
from app.quizzes.paper import Item, items_of, key_version, make_paper
from tests.quizzes.course import SLUG, course_files


def quiz(name: str, **rules: str) -> Quiz:
    course, _ = read_course(SLUG, course_files(None, **rules))
    assert course is not None
    found = course.unit_by_id(f"jars-{name}")
    assert isinstance(found, Quiz)
    return found


QUESTIONS, BEFORE = quiz("questions", shuffle="true"), quiz("before")
SEEDS = st.integers(0, 2**31 - 1)


@settings(deadline=None)
@given(SEEDS)
def test_the_same_seed_gives_the_same_paper_and_every_choice_once(seed: int) -> None:
    paper = make_paper(QUESTIONS, seed)
    assert paper == make_paper(QUESTIONS, seed)
    assert sorted(item.id for item in items_of(paper)) == sorted(question.id for question in QUESTIONS.questions)
    for item in items_of(paper):
        question = QUESTIONS.question(item.id)
        assert question is not None
        assert set(item.order) <= {choice.id for choice in question.choices}
        assert sorted(item.rights) == sorted(question.rights)


@settings(deadline=None)
@given(SEEDS)
def test_steps_never_stand_in_their_right_order(seed: int) -> None:
    order = next(item.order for item in items_of(make_paper(QUESTIONS, seed)) if item.id == "q-ordering")
    assert order != ("a", "b", "c")


@settings(deadline=None)
@given(SEEDS)
def test_true_and_false_stay_in_their_places(seed: int) -> None:
    assert next(item.order for item in items_of(make_paper(QUESTIONS, seed)) if item.id == "q-true") == ("a", "b")


@settings(deadline=None)
@given(SEEDS)
def test_a_draw_takes_as_many_as_it_says_with_numbers_of_their_range(seed: int) -> None:
    items = items_of(make_paper(BEFORE, seed))
    assert len({item.id for item in items}) == 2
    assert all(10 <= item.values["price"] <= 90 for item in items)


def test_different_seeds_draw_different_papers() -> None:
    assert len({str(make_paper(BEFORE, seed)) for seed in range(50)}) > 40


def test_the_key_changes_with_what_is_right_and_not_with_words() -> None:
    question = QUESTIONS.questions[0]
    words = replace(question.text("es"), plain="otra cosa")
    assert key_version(replace(question, texts={"es": words})) == key_version(question)
    other = replace(question.choices[0], formula="1251")
    assert key_version(replace(question, choices=(other, *question.choices[1:]))) != key_version(question)


def test_an_empty_paper_is_worth_nothing_and_raises_nothing() -> None:
    sheet = mark_paper(QUESTIONS, items_of(make_paper(QUESTIONS, 1)), {})
    assert (sheet.score, sheet.maximum, sheet.pending) == (0, 10, 0)
    assert {mark.state for mark in sheet.marks.values()} == {"empty"}


def test_a_question_that_left_the_edition_is_left_out() -> None:
    gone = Item("q-gone", 1, "key")
    assert mark_paper(QUESTIONS, [gone], {"q-gone": {"text": "x"}}).maximum == 0
