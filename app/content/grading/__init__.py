"""Grading: pure functions, one module per kind of question, the same four names in each (see `registry.py`).

An answer is a small JSON value in one canonical shape per type, so that equal answers are equal:

| type | shape |
|---|---|
| single, true-false | `{"choice": "a"}` |
| multiple | `{"choices": ["a", "c"]}` in the question's order |
| matching | `{"pairs": {"a": "x"}}` left id -> right id |
| ordering | `{"positions": {"a": 1}}` item id -> place from 1 |
| short-text, open | `{"text": "…"}` |
| numeric | `{"text": "1,250.50", "number": "1250.50"}`; number "" where it cannot be read |
| gaps | `{"gaps": {"a": "…"}}` |

What was not answered is left out of the inner mapping, or is "".
"""

from app.content.grading.answers import Answer, AnswerRejected, Fields
from app.content.grading.grades import Grade, Part, percent
from app.content.grading.numeric import Ambiguous
from app.content.grading.registry import ambiguity, answered, blank, field_names, grade, read_answer

__all__ = [
    "Ambiguous", "Answer", "AnswerRejected", "Fields", "Grade", "Part", "ambiguity", "answered", "blank", "field_names", "grade",
    "percent", "read_answer",
]  # fmt: skip
