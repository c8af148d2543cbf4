"""Forms: what was typed, what it means, and what is wrong with it, together.

A form is a Pydantic class of its own. `reads(SignUpForm)` gives a `Form` with the typed data when it is valid, and with the
texts as they were typed and a sentence beside each field when it is not, so that a rejected form comes back filled.
"""

import unicodedata
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.kernel import i18n
from app.kernel.errors import N_

M = TypeVar("M", bound=BaseModel)

SENTENCES = {
    "missing": N_("Please fill this in."),
    "string_too_short": N_("Please write at least %(min_length)s characters."),
    "string_too_long": N_("Please write at most %(max_length)s characters."),
    "uuid_parsing": N_("Choose one of the list."),
    "literal_error": N_("Choose one of the list."),
    "enum": N_("Choose one of the list."),
    "int_parsing": N_("Write a number, for example 12."),
    "date_from_datetime_parsing": N_("Write a date."),
    "greater_than_equal": N_("Write at least %(ge)s."),
    "less_than_equal": N_("Write at most %(le)s."),
}

OTHERWISE = N_("This does not fit here.")


def clean(text: str) -> str:
    """Text as people mean it: composed (NFC), without NUL and other control characters, line ends as one."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


@dataclass
class Form(Generic[M]):
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    given: M | None = None

    @property
    def valid(self) -> bool:
        return self.given is not None and not self.errors

    @property
    def data(self) -> M:
        """The typed data. Only for a form that was valid when it was read."""
        if self.given is None:
            raise ValueError("This form was not valid.")
        return self.given

    def reject(self, name: str, message: str, **values: Any) -> None:
        """Adds a sentence beside a field, for a rule that only the database knows."""
        text = i18n.translate(message)
        self.errors[name] = text % values if values else text


def fields_of(request: Request) -> dict[str, str]:
    """The text fields that were posted, cleaned; of a repeated one the last."""
    return {name: clean(value) for name, value in request.state.form.multi_items() if isinstance(value, str)}


def read(kind: type[M], values: dict[str, str]) -> Form[M]:
    """Reads fields as a form. An empty field counts as not filled in."""
    form: Form[M] = Form(values=dict(values))
    try:
        form.given = kind.model_validate({name: value for name, value in values.items() if value.strip()})
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0]) if fault["loc"] else ""
            form.errors.setdefault(name, _sentence(fault["type"], fault["msg"], fault.get("ctx", {})))
    return form


def reads(kind: type[M]) -> Any:
    """A dependency that reads the posted form: `form: Annotated[Form[SignUpForm], reads(SignUpForm)]`."""

    async def dependency(request: Request) -> Form[M]:
        return read(kind, fields_of(request))

    return Depends(dependency)


def _sentence(kind: str, message: str, values: dict[str, Any]) -> str:
    if kind == "value_error":
        return i18n.translate(message.removeprefix("Value error, "))
    text = i18n.translate(SENTENCES.get(kind, OTHERWISE))
    return text % values if "%(" in text else text
