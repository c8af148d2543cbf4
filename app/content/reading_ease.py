"""How hard a lesson is to read: INFLESZ for Spanish, Flesch for English, and every sentence over 25 words.

textstat is a tool of authors and developers, not of the running site: it is imported where it is used.
"""

from __future__ import annotations

import re

from app.content.reader import Reading

LONGEST_SENTENCE = 25  # words
LEAST = 55.0  # of any lesson
WANTED = {"es": ("INFLESZ", 65.0), "en": ("Flesch", 70.0)}  # of a course's lessons on average
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")
_PROSE = re.compile(r"[.!?…][»”\"')]*$")


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


def prose_of(text: str) -> str:
    """The lines that end as sentences do: cells of tables and headings would make any text look easy."""
    return "\n".join(line for line in text.split("\n") if _PROSE.search(line.strip()))


def check_reading_ease(reading: Reading) -> list[str]:
    """Note hard lessons, hard courses and long sentences as warnings; one line a language says how the lessons score."""
    scores: dict[str, list[float]] = {}
    for group in reading.units:
        for draft in group:
            scale, _ = WANTED[draft.language]
            if draft.kind == "lesson" and draft.text.words > 100:
                score = score_of(prose_of(draft.text.plain), draft.language)
                scores.setdefault(draft.language, []).append(score)
                if score < LEAST:
                    draft.page.faults.add("reading-hard", 0, score=f"{score:.0f}", scale=scale, wanted=f"{LEAST:.0f}")
            for sentence in long_sentences(draft.text.plain):
                draft.page.faults.add("sentence-long", 0, words=len(sentence.split()), sentence=sentence)
    lines = []
    for language, found in scores.items():
        (scale, wanted), mean = WANTED[language], sum(found) / len(found)
        if mean < wanted:
            at = reading.faults.at(f"course.{language}.md")
            at.add("course-hard", 0, score=f"{mean:.0f}", scale=scale, wanted=f"{wanted:.0f}")
        lines.append(f"{scale} ({language}) {mean:.0f}, {min(found):.0f}–{max(found):.0f}, {len(found)} lessons")
    return lines
