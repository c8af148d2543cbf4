"""What learning tells those above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CourseCompleted:
    """Every rule of the course is met for the first time."""

    enrollment_id: UUID


@dataclass(frozen=True)
class ResultRecorded:
    """The ledger has a new or a changed line."""

    enrollment_id: UUID
    unit_id: str
    passed: bool
