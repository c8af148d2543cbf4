"""Forms of certificates."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints, field_validator

from app.kernel.errors import N_

FullName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]


class NameForm(BaseModel):
    """The full name as it shall stand on the certificate."""

    name: FullName

    @field_validator("name")
    @classmethod
    def one_line_of_letters(cls, value: str) -> str:
        value = " ".join(value.split())
        if not any(letter.isalpha() for letter in value):
            raise ValueError(N_("Write the name as it shall stand on the certificate."))
        return value


class RevocationForm(BaseModel):
    reason: Literal["holder", "mistake", "work"]
