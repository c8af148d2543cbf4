"""What holds for every answer and every file, tried with thousands of odd ones."""

import json
import random
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.expressions import LARGEST, FormulaError, evaluate
from app.content.faults import Faults
from app.content.grading import AnswerRejected, blank, field_names, grade, read_answer
from app.content.nodes import read_mapping
from app.content.numbers import ECUADOR, MEXICO, readings, written
from app.content.parameters import combinations, draw
from app.content.questions import Question
from app.content.tree import Quiz
from tests.content.miniature import LESSON, QUIZ, checked, course, glossary_files, miniature

QUESTIONS: tuple[Question, ...] = next(unit for unit in course().units if isinstance(unit, Quiz)).questions
FILES = miniature()
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
QUICK = settings(max_examples=300, deadline=None)
ODD = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["a", "b", "c", "1", "2", "3", "left", "stays", "contribución", "50", "1,250", "NaN", "Infinity"]
)


@QUICK
@given(st.sampled_from(QUESTIONS), st.data(), st.integers(0, 2**63), st.sampled_from([MEXICO, ECUADOR]))
def test_an_answer_is_refused_or_graded_within_bounds(asked: Question, data: st.DataObject, seed: int, style: object) -> None:
    fields = {name: data.draw(st.lists(ODD, max_size=3)) for name in field_names(asked)}
    try:
        answer = read_answer(asked, fields, style)  # type: ignore[arg-type]
    except AnswerRejected:
        return
    result = grade(asked, json.loads(json.dumps(answer)), draw(asked, seed))
    assert 0 <= result.points <= result.maximum
    assert result.correct is None or result.correct == (result.points == result.maximum)
    assert result == grade(asked, answer, draw(asked, seed))
    known = {choice.id for choice in asked.choices} | {""}
    assert {part.id for part in result.parts} <= known and set(result.feedback) <= known


@QUICK
@given(st.sampled_from(QUESTIONS), st.data())
def test_reading_an_answer_again_changes_nothing(asked: Question, data: st.DataObject) -> None:
    """Canonical: what was read, sent back as a form, is the same answer."""
    fields = {name: [data.draw(ODD)] for name in field_names(asked)}
    try:
        answer = read_answer(asked, fields)
    except AnswerRejected:
        return
    inner = next(iter(answer.values()))
    if isinstance(inner, dict):
        again = {f"{asked.id}.{name}": [str(value)] for name, value in inner.items()}
    else:
        again = {asked.id: inner if isinstance(inner, list) else [inner] if inner else []}
        again |= {f"{asked.id}.reading": [answer["number"]]} if asked.type == "numeric" else {}
    assert read_answer(asked, again) == answer


@QUICK
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from([MEXICO, ECUADOR]))
def test_a_number_written_for_a_region_reads_as_itself_there(value: Decimal, style: object) -> None:
    shown = written(value, style)  # type: ignore[arg-type]
    found = readings(shown, style)  # type: ignore[arg-type]
    assert found and found[0].value == value


@QUICK
@given(st.text(max_size=60))
def test_any_entry_has_at_most_two_finite_readings(text: str) -> None:
    found = readings(text)
    assert len(found) <= 2 and all(reading.value.is_finite() for reading in found)


@QUICK
@given(st.text(st.sampled_from("0123456789+-*/()., abcxyz_ceilfloorsqrtpow"), max_size=40) | st.text(max_size=40))
def test_any_formula_is_refused_or_gives_a_bounded_number(formula: str) -> None:
    try:
        value = evaluate(formula, {"a": Decimal(3), "b": Decimal("0.5"), "x": Decimal(-7)})
    except FormulaError:
        return
    assert value.is_finite() and abs(value) <= LARGEST


@pytest.mark.parametrize(
    "formula",
    ["2 ** 100000", "(" * 200 + "1" + ")" * 200, "-" * 290 + "1", "pow(10, pow(10, 10))", "9**9**9", "sum()", "a.b", "f'{a}'", "1_0"],
)
def test_formulas_that_would_run_away(formula: str) -> None:
    with suppress(FormulaError):
        assert abs(evaluate(formula, {"a": Decimal(1)})) <= LARGEST


def test_large_ranges_are_sampled_with_all_their_corners() -> None:
    asked = next(question for question in QUESTIONS if question.parameters)
    parameter = asked.parameters[0]
    many = [type(parameter)(name, tuple(Decimal(n) for n in range(100))) for name in ("a", "b", "c")]
    drawn = list(combinations(many, 500))
    assert len(drawn) == 8 + 500
    assert {tuple(values.values()) for values in drawn} >= {
        (Decimal(a), Decimal(b), Decimal(c)) for a in (0, 99) for b in (0, 99) for c in (0, 99)
    }
    assert len(list(combinations([parameter]))) == len(parameter.values)


@QUICK
@given(st.text(max_size=300))
def test_any_settings_are_read_or_refused_with_a_fault(text: str) -> None:
    faults = Faults("x")
    assert read_mapping(text, 1, faults) is not None or faults.items


def test_yaml_bombs_are_refused_at_once() -> None:
    for bomb in (
        "a: &a [x]\n" + "b: &b [*a, *a]\n" * 50,
        "[" * 30_000,
        "a: " * 1000,
        "- " * 10_000,
        "{" * 5000,
        "? " * 5000,
        "a:\n" + " - x\n" * 9_000,
    ):
        faults = Faults("x")
        assert read_mapping(bomb, 1, faults) is None and faults.items


@SLOW
@given(st.binary(max_size=400), st.sampled_from(sorted(FILES)))
def test_any_bytes_in_any_file_end_in_faults(data: bytes, path: str) -> None:
    _, faults = checked({**FILES, path: data})
    assert faults


@SLOW
@given(st.binary(max_size=300))
def test_any_body_after_good_settings_is_read(data: bytes) -> None:
    head = FILES[LESSON].split(b"\n---\n", 1)[0] + b"\n---\n"
    checked({**FILES, LESSON: head + data})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(sorted(path for path in FILES if not path.endswith("en.md"))))
def test_a_mangled_file_never_stops_the_check(seed: int, path: str) -> None:
    generator = random.Random(seed)
    checked({**FILES, path: mangled(FILES[path].decode(), generator).encode("utf-8", "surrogatepass")})


STREWN = (
    "---", "- [x] a {#a}", "> ", ":::", "::: fields", "::: rubric", "| a | b |", "|---|---|", "## x {#y}", "```question", "```",
    "{{= 1/0}}", "[[x]]{#a}", "[^1]: x", ": x", "![", "<b>", "\t- x", "1. x", "::: solution", "&#0;", "[a](b)", "~~~", "a: [",
    "====", "    code", "\u202e", "😀",
)  # fmt: skip


def mangled(text: str, generator: random.Random) -> str:
    """The text with lines lost, doubled and swapped, and pieces of markup strewn in."""
    lines = text.split("\n")
    for _ in range(generator.randint(1, 12)):
        place = generator.randrange(len(lines))
        strewn = generator.choice(STREWN)
        action = generator.randrange(5)
        if action == 0:
            del lines[place]
        elif action == 1:
            lines.insert(place, lines[generator.randrange(len(lines))] if lines else "")
        elif action == 2:
            lines.insert(place, generator.choice(["", "  ", "> ", "- ", "    "]) + strewn)
        elif action == 3:
            lines[place] = lines[place][: generator.randint(0, len(lines[place]))] + strewn
        else:
            other = generator.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        lines = lines or [""]
    return "\n".join(lines)


@SLOW
@given(st.binary(max_size=300))
def test_any_glossary_is_read(data: bytes) -> None:
    checked(FILES, {**glossary_files(), "glossary.es.md": b"---\nid: glossary\n---\n" + data})


@SLOW
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=4))
def test_any_file_names_end_in_faults(names: list[str]) -> None:
    checked({**FILES, **dict.fromkeys(names, b"---\nid: x\n---\n"), **{f"01-costs/{name}": b"x" for name in names}})


def test_deep_nesting_does_not_blow_the_stack() -> None:
    head = FILES[QUIZ].split(b"\n---\n", 1)[0] + b"\n---\n"
    for deep in (
        b"> " * 3000 + b"x",
        b"- " * 3000 + b"x",
        b"[" * 9000,
        b"**" * 4000 + b"a",
        b"::: note\n" * 2000,
        b"(" * 9000,
        b"![" * 3000,
        b"`" * 9000,
    ):
        checked({**FILES, LESSON: head + deep})


def test_blank_is_what_an_empty_form_reads() -> None:
    assert all(read_answer(asked, {}) == blank(asked) for asked in QUESTIONS)
