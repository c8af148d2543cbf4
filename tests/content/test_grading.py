"""Graders by example: what counts, what counts in part, what is refused."""

from decimal import Decimal

import pytest

from app.content.grading import Answer, AnswerRejected, Grade, ambiguity, answered, blank, field_names, grade, percent, read_answer
from app.content.grading.words import matches
from app.content.numbers import ECUADOR, MEXICO, NumberStyle
from app.content.parameters import draw
from app.content.questions import Choice, Question, QuestionText, Text, Tolerance
from app.content.tree import Quiz
from tests.content.miniature import course


def question(name: str) -> Question:
    quiz = next(unit for unit in course().units if isinstance(unit, Quiz))
    found = quiz.question(name)
    assert found is not None
    return found


def made(kind: str, choices: tuple[Choice, ...], **more: object) -> Question:
    texts = {"es": QuestionText(Text("¿?"))}
    return Question("q", kind, 1, None, True, choices, texts, **more)  # type: ignore[arg-type]


def points(asked: Question, fields: dict[str, list[str]], style: NumberStyle = MEXICO) -> Decimal:
    answer = read_answer(asked, fields, style)
    return grade(asked, answer).points


def test_single() -> None:
    asked = question("q-contribution")
    assert grade(asked, {"choice": "a"}) == Grade(Decimal("1.000000"), Decimal(1), True, grade(asked, {"choice": "a"}).parts)
    wrong = grade(asked, {"choice": "b"})
    assert wrong.points == 0 and wrong.correct is False and wrong.feedback == ("b",)
    assert "lo que cuesta" in asked.feedback("es", wrong.feedback[0])


@pytest.mark.parametrize(("ticked", "share"), [("ab", 2), ("a", 1), ("abc", 1), ("ac", 0), ("c", 0), ("", 0)])
def test_multiple_counts_right_less_wrong(ticked: str, share: int) -> None:
    assert points(question("q-fixed"), {"q-fixed": list(ticked)}) == share


@pytest.mark.parametrize(
    ("pairs", "share"),
    [
        ({"fixed": "stays", "contribution": "left"}, "1"),
        ({"fixed": "stays"}, "0.5"),
        ({"fixed": "loan", "contribution": "left"}, "0.5"),
        ({}, "0"),
    ],
)
def test_matching_counts_pairs(pairs: dict[str, str], share: str) -> None:
    assert points(question("q-words"), {f"q-words.{left}": [right] for left, right in pairs.items()}) == Decimal(share)


@pytest.mark.parametrize(("places", "share"), [("123", "1"), ("132", "0.333333"), ("231", "0"), ("111", "0"), ("1", "0.333333"), ("", "0")])
def test_ordering_counts_exact_places(places: str, share: str) -> None:
    fields = {f"q-order.{item}": [place] for item, place in zip("abc", places, strict=False)}
    assert points(question("q-order"), fields) == Decimal(share)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("contribución", True), ("CONTRIBUCION", True), ("  la   contribución. ", True), ("contribucin", True), ("cotnribución", True),
        ("«Contribución»", True), ("contribution", True), ("cotnribucin", False), ("ganancia", False), ("contri", False), ("", False),
    ],
)  # fmt: skip
def test_short_text_forgives_case_accents_and_one_slip(typed: str, right: bool) -> None:
    assert points(question("q-name"), {"q-name": [typed]}) == int(right)


def test_a_known_mistake_gets_its_own_feedback() -> None:
    asked = question("q-name")
    assert grade(asked, {"text": "Ganancia"}).feedback == ("b",)
    assert grade(asked, {"text": "gananca"}).feedback == ("b",)


def test_a_known_mistake_near_the_right_word_is_no_typo_of_it() -> None:
    asked = made("short-text", (Choice("a", True, accepted=("margen",)), Choice("b", False, accepted=("márgenes", "margin"))))
    assert grade(asked, {"text": "margin"}).feedback == ("b",)
    assert grade(asked, {"text": "marjen"}).correct is True


@pytest.mark.parametrize(
    ("given", "accepted", "typos", "right"),
    [
        ("caja", "caza", None, False), ("cajas", "cazas", None, True), ("cajas", "cazas", 0, False), ("ab", "ac", 3, False),
        ("año", "ano", None, True), ("8701", "8700", 3, False), ("", "", None, False), ("2 cajas", "3 cajas", 2, False),
        ("ﬁjo", "fijo", None, True), ("a" * 400, "a" * 400, None, False),
    ],
)  # fmt: skip
def test_typos_by_the_stated_rule(given: str, accepted: str, typos: int | None, right: bool) -> None:
    assert matches(given, accepted, typos) is right


@pytest.mark.parametrize(
    ("typed", "style", "right"),
    [
        ("8,700", MEXICO, True), ("8700", MEXICO, True), ("$ 8 700.00 pesos", MEXICO, True), ("8.700", ECUADOR, True),
        ("8.700,00", MEXICO, True),
        ("8.700", MEXICO, False), ("8,700", ECUADOR, False), ("8701", MEXICO, False), ("ocho mil", MEXICO, False), ("nan", MEXICO, False),
        ("inf", MEXICO, False), ("1e400", MEXICO, False), ("−8700", MEXICO, False), ("8\u00a0700", ECUADOR, True), ("٨٧٠٠", MEXICO, True),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(typed: str, style: NumberStyle, right: bool) -> None:
    asked = made("numeric", (Choice("a", True, "8700"), Choice("b", False, "16800")))
    assert points(asked, {"q": [typed]}, style) == int(right)


def test_an_entry_that_reads_two_ways_is_asked_about_only_where_it_matters() -> None:
    asked = made("numeric", (Choice("a", True, "8700"),))
    assert ambiguity(asked, read_answer(asked, {"q": ["8,700"]}, MEXICO), style=MEXICO) is None
    assert ambiguity(asked, read_answer(asked, {"q": ["8700"]}, MEXICO), style=MEXICO) is None
    assert ambiguity(asked, read_answer(asked, {"q": ["9.999"]}, MEXICO), style=MEXICO) is None
    doubt = ambiguity(asked, read_answer(asked, {"q": ["8.700"]}, MEXICO), style=MEXICO)
    assert doubt is not None and [str(reading.value) for reading in doubt.readings] == ["8.700", "8700"]
    settled = read_answer(asked, {"q": ["8.700"], "q.reading": ["8700"]}, MEXICO)
    assert grade(asked, settled).correct is True
    assert read_answer(asked, {"q": ["8.700"], "q.reading": ["1"]}, MEXICO)["number"] == "8.700"


def test_three_decimals_are_asked_about() -> None:
    asked = made("numeric", (Choice("a", True, "1.125"),))
    assert ambiguity(asked, read_answer(asked, {"q": ["1,125"]}, MEXICO), style=MEXICO) is not None


def test_tolerance() -> None:
    amount = made("numeric", (Choice("a", True, "100"),), tolerance=Tolerance(Decimal("0.5")))
    percentage = made("numeric", (Choice("a", True, "200"),), tolerance=Tolerance(Decimal(1), percent=True))
    assert [points(amount, {"q": [typed]}) for typed in ("100.5", "99.5", "100.51")] == [1, 1, 0]
    assert [points(percentage, {"q": [typed]}) for typed in ("202", "198", "202.1")] == [1, 1, 0]


def test_the_numbers_of_an_attempt_make_its_key() -> None:
    asked = question("q-break-even")
    values = draw(asked, 11)
    answer = read_answer(asked, {"q-break-even": [str(values["pieces"])]})
    assert grade(asked, answer, values).correct is True
    assert asked.prompt("es", values).count(str(values["place"])) == 1
    assert draw(asked, 11) == values
    assert len({draw(asked, seed)["place"] for seed in range(60)}) == 6


def test_gaps_take_numbers_by_value_and_words_by_spelling() -> None:
    asked = question("q-gaps")
    assert points(asked, {"q-gaps.a": ["50.0"], "q-gaps.b": ["PERDER"]}) == 1
    assert points(asked, {"q-gaps.a": ["cincuenta"], "q-gaps.b": [""]}) == Decimal("0.5")
    assert points(asked, {"q-gaps.a": ["51"]}) == 0


def test_open_waits_for_a_mentor() -> None:
    asked = question("q-rain")
    assert grade(asked, {"text": "Vendo menos."}).correct is None
    assert grade(asked, blank(asked)).correct is False


def test_thirds_add_up() -> None:
    third = points(question("q-order"), {"q-order.a": ["1"]})
    assert percent(third * 3, Decimal(3) / 1) == Decimal("33.33")
    assert percent(third + third + third, Decimal(1)) == Decimal("100.00")
    assert percent(Decimal(0), Decimal(0)) == 0


@pytest.mark.parametrize(
    ("name", "fields", "reason"),
    [
        ("q-contribution", {"q-contribution": ["z"]}, "unknown-choice"),
        ("q-contribution", {"q-contribution": ["a", "b"]}, "malformed"),
        ("q-fixed", {"q-fixed": ["a", "zz"]}, "unknown-choice"),
        ("q-fixed", {"q-fixed": ["a"] * 1000}, "malformed"),
        ("q-words", {"q-words.fixed": ["nada"]}, "unknown-choice"),
        ("q-order", {"q-order.a": ["4"]}, "unknown-choice"),
        ("q-order", {"q-order.a": ["-1"]}, "unknown-choice"),
        ("q-rain", {"q-rain": ["x" * 10_001]}, "too-long"),
        ("q-break-even", {"q-break-even": ["1" * 501]}, "too-long"),
    ],
)
def test_what_no_page_sends_is_refused(name: str, fields: dict[str, list[str]], reason: str) -> None:
    with pytest.raises(AnswerRejected) as refused:
        read_answer(question(name), fields)
    assert refused.value.reason == reason
    assert refused.value.field in fields


def test_control_characters_are_taken_out() -> None:
    answer: Answer = read_answer(question("q-rain"), {"q-rain": ["ho\x00la\r\n\x1b\u2028mundo\ud800 👩‍🌾"]})
    assert answer == {"text": "hola\n\nmundo 👩‍🌾"}


def test_blank_answers_are_worth_nothing_and_known_as_blank() -> None:
    quiz = next(unit for unit in course().units if isinstance(unit, Quiz))
    for asked in quiz.questions:
        empty = read_answer(asked, {})
        assert empty == blank(asked)
        assert not answered(asked, empty)
        assert grade(asked, empty, draw(asked, 1)).points == 0
        assert all(name.split(".")[0] == asked.id for name in field_names(asked))
