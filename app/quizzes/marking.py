"""Marks: what every answer of an attempt is worth, as it is kept with the attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.content.grading import Grade, answered, blank, grade, percent
from app.content.grading.answers import Answer
from app.content.questions import Question
from app.content.tree import Quiz
from app.quizzes.paper import Item


@dataclass(frozen=True)
class Mark:
    """`state`: right, partly, wrong, empty, or pending (a person will read it). `feedback` names the texts to show."""

    points: float
    maximum: float
    state: str
    feedback: tuple[str, ...] = ()
    parts: Mapping[str, bool] | None = None

    @property
    def is_right(self) -> bool:
        return self.state == "right"

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Mark":
        return cls(stored["points"], stored["maximum"], stored["state"], tuple(stored["feedback"]), stored["parts"])

    def as_stored(self) -> dict[str, Any]:
        return {
            "points": self.points,
            "maximum": self.maximum,
            "state": self.state,
            "feedback": list(self.feedback),
            "parts": dict(self.parts or {}),
        }


@dataclass(frozen=True)
class Sheet:
    """The marks of a whole attempt, by question id."""

    marks: Mapping[str, Mark]

    @property
    def score(self) -> float:
        return round(sum(mark.points for mark in self.marks.values()), 6)

    @property
    def maximum(self) -> float:
        return sum(mark.maximum for mark in self.marks.values())

    @property
    def pending(self) -> int:
        return sum(mark.state == "pending" for mark in self.marks.values())

    def reaches(self, passing: int) -> bool:
        """Whether the points, to the hundredth of a percent, are enough; a quiz that asks for nothing is passed by handing in."""
        return percent(Decimal(str(self.score)), Decimal(str(self.maximum))) >= passing

    def as_stored(self) -> dict[str, Any]:
        return {question_id: mark.as_stored() for question_id, mark in self.marks.items()}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Sheet":
        return cls({question_id: Mark.of(mark) for question_id, mark in stored.items()})


def mark_paper(quiz: Quiz, items: Sequence[Item], answers: Mapping[str, Answer], given: Mapping[str, float] | None = None) -> Sheet:
    """Grades every question of a paper with the numbers it was asked with. `given` are points that mentors gave."""
    marks = {}
    for item in items:
        question = quiz.question(item.id)
        if question is not None:
            marks[item.id] = _mark(question, item, answers.get(item.id) or blank(question), (given or {}).get(item.id))
    return Sheet(marks)


def marked_by_hand(mark: Mark, points: float) -> Mark:
    """A mark with the points that a mentor gave."""
    points = min(max(0.0, points), mark.maximum)
    return Mark(points, mark.maximum, _state(points, mark.maximum), mark.feedback, mark.parts)


def _mark(question: Question, item: Item, answer: Answer, by_hand: float | None) -> Mark:
    result: Grade = grade(question, answer, item.values)
    maximum = float(item.points)
    points = float(result.points) * maximum / float(result.maximum or 1)  # the paper's points, should the question's have changed
    parts = {part.id: part.correct for part in result.parts}
    if not answered(question, answer):
        return Mark(0.0, maximum, "empty")
    if result.correct is None:
        waiting = Mark(0.0, maximum, "pending")
        return waiting if by_hand is None else marked_by_hand(waiting, by_hand)
    return Mark(round(points, 6), maximum, _state(points, maximum), result.feedback, parts)


def _state(points: float, maximum: float) -> str:
    return "right" if points >= maximum else "partly" if points > 0 else "wrong"
