"""The mentor's desk: what waits, marking, accepting, asking again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import col, select

from app.accounts.models import Identity
from app.kernel import clock
from app.kernel.models import AuditEntry, OutboxMessage
from tests.exercises.steps import FULL_MARKS, HTMX, UNIT, hand_in, id_of, learner, mentor, results, review, reviews, submission, text
from tests.support.site import Browser, Site, values_of

DESK = "/es/mentor"


def piece(address: str) -> str:
    return f"{DESK}/submissions/{id_of(address)}"


def verdict_form(browser: Browser, address: str) -> dict[str, str]:
    page = browser.page(piece(address))
    return values_of(next(form for form in page.css("form[method=post]") if "/review" in (form.attributes.get("action") or "")))


def test_a_link_to_a_piece_of_work_asks_a_mentor_for_the_second_factor(site: Site) -> None:
    address = hand_in(learner(site))
    tired = site.person("Rosa", "mentor", scope=("course", "baskets"), assurance=1)
    answer = tired.get(address)
    assert (answer.status_code, "second-factor" in answer.headers["location"]) == (303, True)
    elsewhere = site.person("Elsa", "mentor", scope=("course", "seeds"), assurance=1)
    assert elsewhere.get(address).status_code == 404


def test_the_desk_lists_the_oldest_first_and_how_long_it_waits(site: Site) -> None:
    first = hand_in(learner(site, "Lina"))
    clock.shift(timedelta(days=2, hours=1))
    hand_in(learner(site, "Teo"))
    page = mentor(site).page(DESK)
    assert [item.text().strip() for item in page.css(".toc a")] == ["Tu hoja de precios, Lina", "Tu hoja de precios, Teo"]
    assert "2 trabajos esperan" in text(page)
    assert "2 días" in text(page)
    assert [link.attributes["href"] for link in page.css("a.btn")] == [piece(first)]


def test_after_one_comes_the_next_and_thanks_at_the_end(site: Site) -> None:
    first, second = hand_in(learner(site, "Lina")), hand_in(learner(site, "Teo"))
    mateo = mentor(site)
    assert review(mateo, first).headers["location"] == piece(second)
    assert review(mateo, second).headers["location"] == DESK
    page = text(mateo.page(DESK))
    assert "2 listos, gracias" in page
    assert "Ahora no espera nada" in page


def test_work_of_other_courses_and_ones_own_is_not_there(site: Site) -> None:
    address = hand_in(learner(site))
    elsewhere = mentor(site, "Elsa", scope=("course", "seeds"))
    assert elsewhere.page(DESK).css(".toc li") == []
    assert elsewhere.get(piece(address)).status_code == 404
    assert elsewhere.post(f"{piece(address)}/review", data=FULL_MARKS).status_code == 404
    both = site.person("Ana", "mentor")
    both.post("/es/courses/baskets/enrollment")
    own = hand_in(both)
    assert [item.attributes["href"] for item in both.page(DESK).css(".toc a")] == [piece(address)]
    assert both.get(piece(own)).status_code == 404
    assert both.post(f"{piece(own)}/review", data=FULL_MARKS).status_code == 404


def test_only_mentors_come_to_the_desk(site: Site) -> None:
    lina = learner(site)
    address = hand_in(lina)
    for browser in (lina, site.person("Autor", "author")):
        assert browser.get(DESK).status_code == 404
        assert browser.get(piece(address)).status_code == 404
    weak = site.person("Sin segundo factor", "mentor", assurance=1)
    assert "second-factor" in weak.get(DESK).headers["location"]
    assert site.visitor().get(DESK).status_code in (303, 401)


def test_another_persons_submission_does_not_exist_for_a_learner(site: Site) -> None:
    lina, teo = learner(site, "Lina"), learner(site, "Teo")
    address = hand_in(lina)
    assert teo.get(address).status_code == 404
    assert lina.get(address).status_code == 200
    assert mentor(site).get(address).status_code == 200


def test_a_level_is_needed_for_every_line_before_accepting(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    form = verdict_form(mateo, address)
    answer = mateo.post(f"{piece(address)}/review", data=form | {"s.costs": "4", "words": "Va bien.", "verdict": "accept"})
    assert answer.status_code == 422
    assert "Falta elegir un nivel" in answer.text
    assert "Va bien." in answer.text
    assert reviews(site) == []


def test_words_are_needed_when_another_version_is_asked_for(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    assert review(mateo, address, "revise", words="  ").status_code == 422
    assert submission(site).state == "waiting"
    assert review(mateo, address, "revise", words="Falta el costo de la palma.").status_code == 303
    assert submission(site).state == "revise"


def test_work_under_the_rule_cannot_be_accepted(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    for marks in ({"s.costs": "2", "s.reason": "3"}, {"s.costs": "4", "s.reason": "1"}):
        answer = review(mateo, address, **marks)
        assert answer.status_code == 422
        assert "desde 6 puntos de 8" in answer.text
    assert results(site) == []
    assert review(mateo, address, **{"s.costs": "4", "s.reason": "2"}).status_code == 303


def test_the_second_of_two_mentors_is_told_and_keeps_their_words(site: Site) -> None:
    address, mateo, ana = hand_in(learner(site)), mentor(site), mentor(site, "Ana")
    form = verdict_form(ana, address)
    review(mateo, address)
    answer = ana.post(f"{piece(address)}/review", data=form | FULL_MARKS | {"words": "Lo mío", "verdict": "revise"})
    assert answer.status_code == 409
    assert "Mateo respondió" in answer.text
    assert "Lo mío" in answer.text
    assert [one.verdict for one in reviews(site)] == ["accept"]


def test_two_mentors_at_the_same_moment_are_one_review(site: Site) -> None:
    address = hand_in(learner(site))
    both = [mentor(site), mentor(site, "Ana")]
    forms = [verdict_form(browser, address) | FULL_MARKS | {"verdict": "accept"} for browser in both]
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(browser.post, f"{piece(address)}/review", data=form) for browser, form in zip(both, forms, strict=True)]
    assert sorted(job.result().status_code for job in jobs) == [303, 409]
    assert len(reviews(site)) == len(results(site)) == 1


def test_posting_twice_is_posting_once(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    form = verdict_form(mateo, address) | FULL_MARKS | {"verdict": "accept"}
    answers = [mateo.post(f"{piece(address)}/review", data=form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(reviews(site)) == 1


def test_what_a_mentor_has_begun_is_kept(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    data = verdict_form(mateo, address) | {"s.costs": "3", "words": "Tu lista", "key": ""}
    for words in ("Tu lista", "Tu lista está", "Tu lista"):
        answer = mateo.post(f"{piece(address)}/draft", data=data | {"words": words}, headers=HTMX)
        assert answer.status_code == 200
        assert "Borrador guardado a las" in answer.text
    form = verdict_form(mateo, address)
    assert (form["s.costs"], form["words"]) == ("3", "Tu lista")
    assert "words" in verdict_form(mentor(site, "Ana"), address)
    assert verdict_form(mentor(site, "Eva"), address)["words"] == ""


def test_a_review_is_audited_and_told(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    address = hand_in(lina)
    site.write(lambda db: db.add(Identity(user_id=lina.user_id, issuer="email", subject="lina@example.org", verified_at=clock.now())))
    review(mateo, address)
    entry = site.read(lambda db: db.exec(select(AuditEntry).where(AuditEntry.action == "submission_reviewed")).one())
    assert (entry.actor_id, entry.subject) == (mateo.user_id, f"submission:{id_of(address)}")
    message = site.read(lambda db: db.exec(select(OutboxMessage).where(OutboxMessage.kind == "mail")).one())
    assert message.payload["to"] == "lina@example.org"
    assert f"/es/submissions/{id_of(address)}" in message.payload["text"]
    assert "baskets" not in message.payload["text"].lower()
    assert "acept" not in message.payload["text"].lower()


def test_no_mail_goes_to_an_address_that_was_not_verified(site: Site) -> None:
    lina = learner(site)
    address = hand_in(lina)
    site.write(lambda db: db.add(Identity(user_id=lina.user_id, issuer="email", subject="lina@example.org")))
    review(mentor(site), address)
    assert site.read(lambda db: list(db.exec(select(OutboxMessage).where(col(OutboxMessage.kind) == "mail")))) == []


def test_feedback_is_new_on_my_page_until_it_was_opened(site: Site) -> None:
    lina = learner(site)
    address = hand_in(lina)
    assert "Respuesta a" not in text(lina.page("/es/me"))
    review(mentor(site), address, "revise", words="Más claro.")
    assert "Respuesta a «Tu hoja de precios»" in text(lina.page("/es/me"))
    mentor(site, "Ana").page(address)
    assert submission(site).has_news
    lina.page(address)
    for _ in range(100):
        if not submission(site).has_news:
            break
    assert "Respuesta a" not in text(lina.page("/es/me"))
    assert "Más claro." in text(lina.page(UNIT))


def test_my_page_says_which_parts_of_my_document_are_ready(site: Site) -> None:
    lina = learner(site)
    assert "Plan de negocio" in text(lina.page("/es/me"))
    assert "sin empezar" in text(lina.page("/es/me"))
    review(mentor(site), hand_in(lina))
    ready = lina.page("/es/me").css_first("table")
    assert ready is not None and "1 de 1" in ready.text()
    assert "Business plan" in text(lina.page("/en/me"))
