"""The result of an attempt: what went well, what to read again, and each answer with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.content.tree import Course, Quiz, Unit
from app.quizzes.limits import Limits
from app.quizzes.marking import Mark, Sheet
from app.quizzes.models import AnswerMark, Attempt
from app.quizzes.queries import Turns
from app.quizzes.screens import QuestionScreen


@dataclass(frozen=True)
class ResultLine:
    """One question of a result. `lesson` is what to read again; `by_hand` what a mentor wrote."""

    screen: QuestionScreen
    mark: Mark
    lesson: Unit | None
    by_hand: AnswerMark | None = None

    @property
    def feedback(self) -> list[str]:
        """Why: the texts of what was chosen, as HTML."""
        reader, item = self.screen.reader, self.screen.item
        words = self.screen.question.feedback
        found = [words(reader.language, one, item.values, reader.style) for one in self.mark.feedback]
        return [html for html in found if html]

    @property
    def solution(self) -> str:
        screen = self.screen
        return screen.question.solution(screen.reader.language, screen.item.values, screen.reader.style)

    @property
    def crossed(self) -> list[tuple[str, str, str]]:
        """Parts that were not right, of matching, ordering and gaps: (what, what was put, what is right) as HTML or text."""
        return [row for row in (self._crossed(choice.id) for choice in self.screen.question.choices) if row]

    def _crossed(self, part: str) -> tuple[str, str, str] | None:
        screen, value = self.screen, self.screen.kept.value or {}
        if (self.mark.parts or {}).get(part, False):
            return None
        choice = screen.question.choice(part)
        if choice is None:
            return None
        if screen.type == "matching":
            given = value.get("pairs", {}).get(part, "")
            return screen.choice_html(part), screen.right_html(given) if given else "", screen.right_html(choice.pair)
        if screen.type == "ordering":
            right = [one.id for one in screen.question.choices].index(part) + 1
            return screen.choice_html(part), str(value.get("positions", {}).get(part, "")), str(right)
        return None

    @property
    def right_choices(self) -> list[str]:
        """The right choices of a choice question that was not answered rightly, as HTML."""
        if self.screen.type not in ("single", "multiple", "true-false") or self.mark.is_right:
            return []
        return [self.screen.choice_html(choice.id) for choice in self.screen.question.choices if choice.right]

    @property
    def gaps(self) -> list[tuple[int, str, bool, str]]:
        """(number, what was written, whether it is right, what is right) of every gap."""
        if self.screen.type != "gaps":
            return []
        given = (self.screen.kept.value or {}).get("gaps", {})
        parts = self.mark.parts or {}
        rows = []
        for number, gap in enumerate(self.screen.item.order, 1):
            choice = self.screen.question.choice(gap)
            right = choice.accepted[0] if choice and choice.accepted else ""
            rows.append((number, given.get(gap, ""), parts.get(gap, False), right))
        return rows


@dataclass(frozen=True)
class ResultView:
    """A handed-in attempt as its page shows it."""

    attempt: Attempt
    quiz: Quiz
    lines: Sequence[ResultLine]
    turns: Turns
    limits: Limits

    @property
    def right(self) -> int:
        return sum(line.mark.is_right for line in self.lines)

    @property
    def in_whole_questions(self) -> bool:
        """Whether the score is simply the number of right questions."""
        return self.attempt.score == self.right and self.attempt.maximum == len(self.lines)

    @property
    def shows_answers(self) -> bool:
        """Whether the answers may be seen now, by the quiz's rule."""
        rule = self.quiz.rules.answers
        return rule == "after" or (rule == "passed" and (self.turns.has_passed or self.turns.left == 0))

    @property
    def strong(self) -> list[Unit]:
        """Lessons whose questions were all answered rightly."""
        weak = {unit.id for unit in self.weak}
        return _once([line.lesson for line in self.lines if line.lesson and line.mark.is_right and line.lesson.id not in weak])

    @property
    def weak(self) -> list[Unit]:
        """Lessons to read again."""
        return _once([line.lesson for line in self.lines if line.lesson and line.mark.state in ("wrong", "partly", "empty")])


def result_lines(course: Course, screens: Sequence[QuestionScreen], attempt: Attempt, by_hand: dict[str, AnswerMark]) -> list[ResultLine]:
    """The questions of an attempt with their marks."""
    sheet = Sheet.of(attempt.graded)
    return [
        ResultLine(screen, sheet.marks[screen.id], _lesson(course, screen), by_hand.get(screen.id))
        for screen in screens
        if screen.id in sheet.marks
    ]


def _lesson(course: Course, screen: QuestionScreen) -> Unit | None:
    lesson: Any = screen.question.lesson
    return course.unit(*lesson) if lesson else None


def _once(units: Sequence[Unit]) -> list[Unit]:
    return list({unit.id: unit for unit in units}.values())
