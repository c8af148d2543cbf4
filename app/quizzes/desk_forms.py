"""Forms of the desks: a mentor's mark, a coordinator's extension of limits."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field


class MarkForm(BaseModel):
    """`base` is the revision of the mark that the page showed."""

    points: Decimal = Field(ge=0, le=100, decimal_places=2)
    words: str = Field(max_length=4000)
    base: int = Field(default=0, ge=0)


class AccommodationForm(BaseModel):
    name: str = Field(max_length=200)
    time_factor: Literal["1", "1.25", "1.5", "2", "3"] = "1"
    extra_attempts: int = Field(default=0, ge=0, le=20)
