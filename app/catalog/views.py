"""What the pages of the catalogue show."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.summaries import CourseCard, Sample
from app.kernel.errors import N_

TOPICS = {
    "business": N_("Business"),
    "finance": N_("Finance"),
    "markets": N_("Markets"),
    "leadership": N_("Leadership"),
    "negotiation": N_("Negotiation"),
    "agreements": N_("Agreements"),
}
COUNTS = {
    "es": ("cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
SHORTEST_QUERY, LONGEST_QUERY = 2, 100  # characters


@dataclass(frozen=True)
class Totals:
    """What all published courses hold together."""

    courses: int
    lessons: int
    count: str
    heaviest: int


def count_text(number: int, language: str) -> str:
    """A small count in words before a noun, a large one in digits."""
    words = COUNTS[language]
    return words[number] if number < len(words) else str(number)


def totals_of(cards: Sequence[CourseCard], language: str) -> Totals:
    return Totals(
        courses=len(cards),
        lessons=sum(card.lessons for card in cards),
        count=count_text(len(cards), language),
        heaviest=max((card.weight for card in cards), default=0),
    )


def lightest_sample(cards: Sequence[CourseCard]) -> tuple[CourseCard, Sample] | None:
    """The sample lesson that costs a stranger least."""
    samples = [(card, card.sample) for card in cards if card.sample is not None]
    return min(samples, key=lambda pair: pair[1].weight, default=None)


def query_fault(query: str) -> str:
    """What is wrong with what somebody typed into the search field, as a message id; nothing when it will do."""
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return N_("This is very long. Write two or three words.")
    if sum(letter.isalnum() for letter in query) < SHORTEST_QUERY:
        return N_("Write at least two letters.")
    return ""
