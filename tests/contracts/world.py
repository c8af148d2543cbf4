"""One world with everything in it that a page can show: people of every role, an attempt, work, a certificate.

Made by walking the pages, once for each database; the tests ask for its addresses.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.accounts.actions.people import token_of
from app.accounts.models import Invitation, RoleGrant, SecondFactor, UserSession
from app.catalog.commands import publish_folder
from app.kernel.clock import now
from app.learning.models import MistakeReport
from tests.support.site import Browser, Site, values_of

FIXTURES = Path(__file__).parents[1] / "fixtures"
COURSE = "corner-shop"
LESSON = f"/es/courses/{COURSE}/first-sale/price"
QUIZ = f"/es/courses/{COURSE}/first-sale/questions"
EXERCISE = f"/es/courses/{COURSE}/first-sale/sheet"
OPEN_QUIZ = f"/es/courses/{COURSE}/first-sale/rain"
RIGHT = {"a.q-left": "left", "a.q-cost": "t", "a.q-higher": "13"}
WORK = {"a.thing": "Pan de nata", "a.price": "30", "a.why": "La harina y el gas cuestan 22."}


def publish_courses(site: Site) -> None:
    """Publishes the small course that a person can walk through in a minute."""
    publish_folder(site.unit, FIXTURES / "path", say=lambda _line: None)


def answer_quiz(browser: Browser, answers: dict[str, str], quiz: str = QUIZ) -> str:
    """Begins the quiz, answers and hands in; returns the address of the attempt."""
    begun = browser.fill(quiz, "/attempts")
    assert begun.status_code == 303, begun.text[:1000]
    attempt = str(begun.headers["location"])
    saved = browser.fill(f"{attempt}?view=all", "/answers", **answers, go="review")
    assert saved.status_code == 303, saved.text[:2000]
    handed_in = browser.fill(f"{attempt}?view=review", "/submission")
    assert handed_in.status_code == 303, handed_in.text[:2000]
    return attempt


def write_work(browser: Browser, **fields: str) -> str:
    """Writes the exercise and hands it in; returns the address of the submission."""
    form = next(
        form for form in browser.page(f"{EXERCISE}/draft").css("form[method=post]") if "/draft" in (form.attributes.get("action") or "")
    )
    answer = browser.post(f"{EXERCISE}/submission", data=values_of(form) | WORK | fields)
    assert answer.status_code == 303, answer.text[:2000]
    return str(answer.headers["location"])


def review(mentor: Browser, submission: str, verdict: str, level: str) -> Any:
    path = f"/es/mentor/submissions/{submission.rsplit('/', 1)[1]}"
    marks = {"s.costs": level, "s.reason": level, "words": "Di de dónde salió cada número."}
    return mentor.fill(path, "/review", **marks, verdict=verdict)


@dataclass
class World:
    """`people` by role; `ids` by the names that paths use for them."""

    site: Site
    people: dict[str, Browser] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def build(site: Site) -> World:
    """Lina owns an attempt, work and a certificate; Teo takes the course too; staff hold their role for the whole site."""
    publish_courses(site)
    world = World(site)
    lina, teo = site.person("Lina"), site.person("Teo")
    world.people = {"visitor": site.visitor(), "owner": lina, "learner": teo}
    for role in ("author", "mentor", "coordinator", "administrator"):
        world.people[role] = site.person(role.capitalize(), role)
    for role in ("author", "mentor", "coordinator", "administrator"):
        world.people[f"{role} elsewhere"] = site.person(f"Far{role}", role, scope=("course", "other"))
        world.people[f"{role} with one factor"] = site.person(f"One{role}", role, assurance=1)
    for learner in (lina, teo):
        assert learner.post(f"/es/courses/{COURSE}/enrollment").status_code == 303
    lina.page(LESSON)
    site.settle()
    attempt = answer_quiz(lina, RIGHT)
    to_read = answer_quiz(lina, {"a.q-rain": "Lo vendo más barato."}, OPEN_QUIZ)
    submission = write_work(lina)
    waiting = write_work(teo)
    assert review(world.people["mentor"], submission, "accept", "4").status_code == 303
    assert lina.post(f"{LESSON}/mistakes", data={"text": "Falta una tilde."}).status_code == 303
    issued = lina.fill(f"/es/courses/{COURSE}/certificate", "certificate", name="Lina Ruiz")
    assert issued.status_code == 303, issued.text[:1000]
    serial = str(issued.headers["location"]).rsplit("/", 1)[1]
    page = world.people["administrator"].page("/es/admin/certificates")
    link = next(a.attributes["href"] or "" for a in page.css("a[href*='/admin/certificates/']"))
    report = site.read(lambda db: db.exec(select(MistakeReport.id)).one())
    session = site.read(lambda db: db.exec(select(UserSession.id).where(UserSession.user_id == lina.user_id)).one())
    factor = SecondFactor(user_id=world.people["author"].user_id, secret="JBSWY3DPEHPK3PXP", confirmed_at=now())
    site.write(lambda db: db.add(factor))
    administrator, author = world.people["administrator"], world.people["author"]
    invited = administrator.post("/es/admin/invitations", data={"role": "author", "scope_kind": "course", "scope_id": COURSE})
    assert invited.status_code == 303, invited.text[:1000]
    invitation = site.read(lambda db: db.exec(select(Invitation)).one())
    grant = site.read(lambda db: db.exec(select(RoleGrant.id).where(RoleGrant.user_id == author.user_id)).one())
    world.ids = {
        "lang": "es",
        "course": COURSE,
        "module": "first-sale",
        "unit": "price",
        "attempt_id": attempt.rsplit("/", 1)[1],
        "open_attempt_id": to_read.rsplit("/", 1)[1],
        "question_id": "q-rain",
        "token": "nobody-made-this-one",
        "name": "no-such-picture",
        "submission_id": submission.rsplit("/", 1)[1],
        "waiting_id": waiting.rsplit("/", 1)[1],
        "serial": serial,
        "certificate_id": link.rsplit("/", 1)[1],
        "report_id": str(report),
        "session_id": str(session),
        "user_id": str(lina.user_id),
        "author_id": str(author.user_id),
        "grant_id": str(grant),
        "invitation_id": str(invitation.id),
        "invitation_token": token_of(invitation),
    }
    return world
