"""What the catalogue tells those above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class EditionPublished:
    """A course has a new head. `kind` is first, correction or revision; `parent_id` is the head it replaced."""

    course_slug: str
    edition_id: UUID
    kind: str
    parent_id: UUID | None
