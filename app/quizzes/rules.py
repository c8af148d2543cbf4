"""The rules of a quiz in words, for the person who reads them."""

from datetime import timedelta

from app.content.tree import Quiz, QuizRules
from app.kernel.i18n import number_text, translate_plural
from app.kernel.i18n import translate as _
from app.quizzes.limits import Limits


def rules_in_words(quiz: Quiz, limits: Limits) -> list[str]:
    """What somebody should know before they begin, one sentence each."""
    rules = quiz.rules
    sentences = [_purpose(rules), _count(quiz), _time(limits), _passing(rules), _attempts(limits), _counting(rules, limits), _shown(rules)]
    return [sentence for sentence in sentences if sentence]


def length_in_words(length: timedelta) -> str:
    """A length of time in minutes, hours or days, whichever is whole: 90 minutes, 2 hours, 1 day."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes % 1440 == 0:
        return translate_plural("%(num)s day", "%(num)s days", minutes // 1440) % {"num": minutes // 1440}
    if minutes % 60 == 0:
        return translate_plural("%(num)s hour", "%(num)s hours", minutes // 60) % {"num": minutes // 60}
    return translate_plural("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}


def _purpose(rules: QuizRules) -> str:
    if rules.purpose == "pretest":
        return _("This is to see where you start. You cannot fail it.")
    return _("These are questions like those at the start, to show you what you gained.") if rules.purpose == "posttest" else ""


def _count(quiz: Quiz) -> str:
    pool = len(quiz.questions)
    count = min(quiz.rules.draw or pool, pool)
    text = translate_plural("%(num)s question.", "%(num)s questions.", count) % {"num": count}
    return text + " " + _("Each attempt draws others.") if count < pool else text


def _time(limits: Limits) -> str:
    if limits.time_limit is None:
        return _("No clock: take the time you need, and come back when you like.")
    return _("You have %(time)s from the moment you begin. The clock runs on while you are away.") % {
        "time": length_in_words(limits.time_limit)
    }


def _passing(rules: QuizRules) -> str:
    return _("You pass with %(percent)s of 100 points.") % {"percent": number_text(rules.passing)} if rules.passing else ""


def _attempts(limits: Limits) -> str:
    if not limits.attempts:
        text = _("Repeat it as often as you like.")
    else:
        text = translate_plural("You have %(num)s attempt.", "You have %(num)s attempts.", limits.attempts) % {"num": limits.attempts}
    if limits.pause and limits.attempts != 1:
        text += " " + _("Between two attempts you wait %(time)s.") % {"time": length_in_words(limits.pause)}
    return text


def _counting(rules: QuizRules, limits: Limits) -> str:
    if limits.attempts == 1 or not rules.passing:
        return ""
    return _("Your best result counts.") if rules.grade == "best" else _("Your last result counts.")


def _shown(rules: QuizRules) -> str:
    if rules.answers == "after":
        return _("You see the answers and why as soon as you hand in.")
    if rules.answers == "passed":
        return _("You see the answers and why once you have passed, or have no attempts left.")
    return _("The answers stay hidden, so that everybody meets the same questions.")
