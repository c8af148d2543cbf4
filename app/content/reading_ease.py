"""How hard a lesson is to read: INFLESZ for Spanish, Flesch for English, and every sentence over 25 words.

textstat is a tool of authors and developers, not of the running site: it is imported where it is used.
"""

from __future__ import annotations

import re

from app.content.reader import Reading

LONGEST_SENTENCE = 25
WANTED = {"es": ("INFLESZ", 55.0), "en": ("Flesch", 60.0)}
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")


def score_of(text: str, language: str) -> float:
    """Reading ease, higher is easier (about 0 to 100)."""
    import textstat

    textstat.set_lang("es")
    if language == "es":
        return float(textstat.szigriszt_pazos(text))
    # textstat would fetch a dictionary from the internet for English; Flesch's formula needs only counts
    words = re.findall(r"[a-z']+", text.lower())
    sentences = max(1, int(textstat.sentence_count(text)))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(_syllables, words)) / max(1, len(words))


def _syllables(word: str) -> int:
    """English syllables by groups of vowels, a silent final e left out."""
    spoken = re.sub(r"(?<![aeioul])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxz])es$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def long_sentences(text: str) -> list[str]:
    """The sentences over 25 words."""
    return [sentence for sentence in _SENTENCE.split(text) if len(sentence.split()) > LONGEST_SENTENCE]


def check_reading_ease(reading: Reading) -> None:
    """Note hard lessons and long sentences as warnings."""
    for group in reading.units:
        for draft in group:
            scale, wanted = WANTED[draft.language]
            if draft.kind == "lesson" and draft.text.words > 100:
                score = score_of(draft.text.plain, draft.language)
                if score < wanted:
                    draft.page.faults.add("reading-hard", 0, score=f"{score:.0f}", scale=scale, wanted=f"{wanted:.0f}")
            for sentence in long_sentences(draft.text.plain):
                draft.page.faults.add("sentence-long", 0, words=len(sentence.split()), sentence=sentence)
