"""Forms of learning."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]


class MistakeForm(BaseModel):
    """What a reader says is wrong."""

    text: Sentence


class AnswerForm(BaseModel):
    """What an author answers."""

    answer: Sentence
