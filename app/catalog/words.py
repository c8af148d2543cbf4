"""Words for search: accents and case folded away, reduced to their stems by one library for both databases."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

import snowballstemmer

ALGORITHMS = {"es": "spanish", "en": "english"}
LONGEST_WORD = 40
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = {
    "es": "a al ante con cual cuando de del desde donde e el ella en entre es esta este esto hasta la las le les lo los mas me mi no "
    "o para pero por que se si sin sobre su sus te tu tus un una uno unos unas y ya yo",
    "en": "a an and are as at be but by for from has have i if in into is it its my no not of on or so that the their them then "
    "there these they this to was we what when where which who will with you your",
}
_empty_words = {language: frozenset(words.split()) for language, words in _EMPTY.items()}


def folded(text: str) -> str:
    """Lower case without accents: «Negociación» -> negociacion."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(ALGORITHMS[language])


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word. Stemmed until nothing changes, so that a missing accent makes no difference."""
    stemmer = _stemmer(language)
    while (shorter := stemmer.stemWord(word)) != word:
        word = shorter
    return word


def stems(text: str, language: str) -> Counter[str]:
    """How often each stem occurs in a text; words that say nothing are left out."""
    words = (word[:LONGEST_WORD] for word in _WORD.findall(folded(text)))
    return Counter(stem(word, language) for word in words if word not in _empty_words[language])
