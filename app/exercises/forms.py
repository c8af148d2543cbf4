"""What the pages post: texts with the revisions they stand on; a mentor's levels and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.content.numbers import NumberStyle
from app.content.tree import Exercise
from app.exercises.answers import all_fields, faults_of, refusal
from app.exercises.drafts import Drafts
from app.exercises.reviewing import Opinion
from app.exercises.screens import FieldScreen, field_screens
from app.kernel.revisions import Given

TEXT, BASE, LEVEL = "a.", "r.", "s."


@dataclass
class PostedDraft:
    """`only`: the one field that a script saves. `use`: (field, revision) chosen in a conflict. `strangers`: texts
    of fields that the exercise does not have (any more): they cannot be saved, so they are shown again."""

    given: dict[str, Given] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    only: str = ""
    use: tuple[str, int] | None = None
    page: str = ""

    @property
    def is_rejected(self) -> bool:
        return bool(self.errors or self.strangers)

    def check(self, exercise: Exercise, texts: dict[str, str], style: NumberStyle) -> None:
        """Adds what stands between these texts and handing them in."""
        for field_id, fault in faults_of(exercise, texts, style).items():
            self.errors.setdefault(field_id, fault)

    def onto(self, exercise: Exercise, kept: Drafts, style: NumberStyle) -> list[FieldScreen]:
        """The fields as they were sent, each with its message."""
        screens = field_screens(exercise, kept, style)
        for screen in screens:
            screen.error, screen.typed = self.errors.get(screen.id, ""), self.typed.get(screen.id)
        return screens


def read_draft(fields: Mapping[str, str], exercise: Exercise) -> PostedDraft:
    """Reads a form of texts. What cannot be kept is named in `errors`, by field; the rest is good to save."""
    posted = PostedDraft(only=fields.get("only", "")[:60], use=_chosen(fields.get("use", "")), page=fields.get("page", "")[:36])
    known = {one.id: one for one in all_fields(exercise)}
    for name, text in fields.items():
        if not name.startswith(TEXT):
            continue
        field_id = name.removeprefix(TEXT)
        if field_id not in known:
            posted.strangers += [text] if text.strip() else []
        elif posted.only in ("", field_id) and not (posted.use and posted.use[0] == field_id):
            if error := refusal(known[field_id], text):
                posted.errors[field_id], posted.typed[field_id] = error, text
            else:
                posted.given[field_id] = Given(text, _number(fields.get(BASE + field_id, "")), posted.page)
    return posted


def read_opinion(fields: Mapping[str, str], exercise: Exercise) -> Opinion:
    """Reads a mentor's form; a level that a criterion does not have counts as not chosen."""
    opinion = Opinion(_number(fields.get("version", "")), words=fields.get("words", "").strip())
    for criterion in exercise.criteria:
        level = _number(fields.get(LEVEL + criterion.id, ""))
        if level in criterion.levels:
            opinion.scores[criterion.id] = level
    return opinion


def _chosen(text: str) -> tuple[str, int] | None:
    field_id, _, number = text.rpartition(":")
    return (field_id[:60], _number(number)) if field_id else None


def _number(text: str) -> int:
    """A revision or a level; 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
