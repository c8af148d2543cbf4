"""Coordinators extend limits; people take their data with them, or erase it."""

from sqlmodel import select

from app.accounts.models import Identity
from app.accounts.personal_data import Erasure
from app.kernel.models import AuditEntry
from app.quizzes.models import Accommodation, Answer, Attempt
from app.quizzes.registrations import erase_attempts, export_attempts
from tests.quizzes.conftest import QuizSite
from tests.quizzes.course import SLUG
from tests.quizzes.steps import answer_all, hand_in, text_of

ADDRESS = f"/es/admin/courses/{SLUG}/accommodations"


def test_a_coordinator_gives_a_person_more_time_and_takes_it_back(quiz_site: QuizSite) -> None:
    quiz_site.publish_quiz(time_limit="20", attempts="1")
    learner = quiz_site.learner("Lina")
    name = quiz_site.read(lambda db: db.exec(select(Identity.subject).where(Identity.user_id == learner.user_id)).one())
    coordinator = quiz_site.person("Paz", "coordinator", scope=("course", SLUG))
    assert coordinator.fill(ADDRESS, "accommodations", name=name, time_factor="2", extra_attempts="1").status_code == 303
    assert "Lina" in text_of(coordinator.page(ADDRESS), "tbody")
    page = text_of(learner.page(f"/es/courses/{SLUG}/selling/questions"))
    assert "Tienes 40 minutos" in page
    assert "Tienes 2 intentos." in page
    assert coordinator.fill(ADDRESS, "accommodations", name=name, time_factor="1", extra_attempts="0").status_code == 303
    assert quiz_site.read(lambda db: db.exec(select(Accommodation)).all()) == []
    actions = quiz_site.read(lambda db: db.exec(select(AuditEntry.action)).all())
    assert actions == ["quizzes.set_accommodation"] * 2


def test_an_unknown_name_comes_back_with_a_sentence(quiz_site: QuizSite) -> None:
    coordinator = quiz_site.person("Paz", "coordinator")
    answer = coordinator.fill(ADDRESS, "accommodations", name="nadie", time_factor="2")
    assert answer.status_code == 422
    assert "En este curso nadie entra con este nombre." in answer.text
    assert 'value="nadie"' in answer.text


def test_only_coordinators_of_the_course_extend(quiz_site: QuizSite) -> None:
    for stranger in (quiz_site.learner(), quiz_site.person("Otro", "coordinator", scope=("course", "finance"))):
        assert stranger.get(ADDRESS).status_code == 404
        assert stranger.post(ADDRESS, data={"name": "x"}).status_code == 404


def test_people_get_what_they_answered(quiz_site: QuizSite) -> None:
    learner = quiz_site.learner()
    attempt = quiz_site.begin(learner)
    answer_all(learner, attempt)
    hand_in(learner, attempt)
    data = quiz_site.read(lambda db: export_attempts(db, learner.user_id))
    assert {"text": "Hablaría con quien prestó."} in [answer["value"] for answer in data["attempts"][0]["answers"]]


def test_erasing_a_person_leaves_others_alone(quiz_site: QuizSite) -> None:
    learner, other = quiz_site.learner(), quiz_site.learner("Memo")
    for person in (learner, other):
        answer_all(person, quiz_site.begin(person))
    quiz_site.write(lambda db: erase_attempts(db, learner.user_id, Erasure(keep_certificates=False)))
    assert len(quiz_site.read(lambda db: db.exec(select(Attempt)).all())) == 1
    assert len({row.attempt_id for row in quiz_site.read(lambda db: db.exec(select(Answer)).all())}) == 1
