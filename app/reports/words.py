"""The audit log in the reader's words: what was done, to whom, and how."""

from collections.abc import Iterator
from typing import Any

from app.kernel import i18n
from app.kernel.errors import N_

ACTIONS = {
    "grant_role": N_("gave a role"),
    "revoke_role": N_("took a role away"),
    "disable_account": N_("switched an account off"),
    "enable_account": N_("switched an account on"),
    "issue_recovery_code": N_("gave a recovery code"),
    "remove_second_factor": N_("removed a second step"),
    "invite": N_("made an invitation"),
    "withdraw_invitation": N_("withdrew an invitation"),
    "accept_invitation": N_("accepted an invitation"),
    "submission_reviewed": N_("reviewed work"),
    "mistake.answered": N_("answered a report of a mistake"),
    "certificate.revoke": N_("revoked a certificate"),
    "certificate.reissue": N_("issued a certificate again"),
    "quizzes.set_accommodation": N_("gave more time or attempts"),
    "quizzes.regrade": N_("graded an attempt anew"),
    "quizzes.mark_answer": N_("marked an open answer"),
}
NAMES = {
    "role": N_("role"),
    "scope": N_("where"),
    "reason": N_("reason"),
    "verdict": N_("verdict"),
    "fresh": N_("new serial"),
    "question": N_("question"),
    "points": N_("points"),
}
WHOLE_SITE = N_("the whole site")


def action_words(action: str) -> str:
    """What was done; an action without words of its own is shown as it is stored."""
    return i18n.translate(ACTIONS[action]) if action in ACTIONS else action.replace("_", " ").replace(".", ": ")


def detail_words(details: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and value of each detail, as a person says them."""
    for name, value in details.items():
        label = i18n.translate(NAMES[name]) if name in NAMES else name.replace("_", " ")
        yield label, _scope(value) if name == "scope" and isinstance(value, list) else str(value)


def _scope(scope: list[Any]) -> str:
    return i18n.translate(WHOLE_SITE) if scope[:1] == ["site"] else " ".join(map(str, scope))
