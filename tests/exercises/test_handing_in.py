"""Write, stop, come back, hand in, be asked again, be accepted."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from sqlmodel import func, select

from app.exercises.models import DraftAnswer
from app.learning.models import Enrollment
from tests.exercises.steps import (
    COMPLETE,
    FORM,
    UNIT,
    change,
    form_of,
    hand_in,
    id_of,
    learner,
    mentor,
    publish,
    results,
    review,
    send,
    submission,
    text,
    versions,
)
from tests.support.site import Browser, Site


def field(browser: Browser, name: str) -> str:
    return str(form_of(browser.page(FORM))[name])


def test_a_visitor_reads_the_exercise_and_how_to_begin(site: Site) -> None:
    publish(site)
    page = site.visitor().page(UNIT)
    assert "Todos los costos" in text(page)
    assert page.css_first("form[data-saving]") is None
    assert page.css_first('a[href="/es/courses/baskets#start"]') is not None


def test_a_draft_is_there_when_lina_comes_back(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "draft", **{"a.thing": "Cesta", "a.why": "Todavía no sé."})
    assert answer.status_code == 303
    assert (field(lina, "a.thing"), field(lina, "a.why")) == ("Cesta", "Todavía no sé.")
    assert submission(site).state == "draft"
    assert "Guardado a las" in text(lina.page(FORM), "#s-thing")


def test_each_field_is_saved_as_it_is_changed(site: Site) -> None:
    lina = learner(site)
    answer = change(lina, "why", "Porque cuesta 30")
    assert answer.status_code == 200
    assert "Guardado a las" in answer.text
    assert "Llevas 3 palabras" in answer.text
    assert "<html" not in answer.text
    assert "2,500" in change(lina, "price", "2500").text
    assert field(lina, "a.price") == "2500"


def test_an_unchanged_field_writes_nothing(site: Site) -> None:
    lina = learner(site)
    for _ in range(3):
        send(lina, "draft", **{"a.thing": "Cesta"})
    rows = site.read(lambda db: db.exec(select(func.count()).select_from(DraftAnswer).where(DraftAnswer.field_id == "thing")).one())
    assert rows == 1


def test_handing_in_without_what_is_required_comes_back_filled(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "submission", **{"a.thing": "Cesta", "a.price": "mucho", "a.place": "market"})
    assert answer.status_code == 422
    assert 'value="Cesta"' in answer.text
    assert answer.text.count('class="err"') == 2
    assert "Escribe un solo número" in answer.text
    assert "Esto falta todavía" in answer.text
    assert versions(site) == []
    assert field(lina, "a.price") == "mucho"  # kept as a draft all the same


def test_a_version_is_kept_as_it_was_handed_in(site: Site) -> None:
    lina = learner(site)
    address = hand_in(lina)
    (version,) = versions(site)
    assert version.answers["price"] == {"text": "$1,250.50", "number": "1250.50"}
    assert version.answers["place"] == {"text": "market"}
    page = text(lina.page(address))
    assert "1,250.50 pesos" in page
    assert "En el mercado" in page
    assert "1 de diciembre de 2026" in page
    assert lina.page(FORM).css_first("form[data-saving]") is None


def test_a_group_says_who_did_what(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "submission", **COMPLETE, **{"a._party": "group"})
    assert answer.status_code == 422
    hand_in(lina, **{"a._party": "group", "a._group": "Lina: precios\nTeo: cuentas"})
    (version,) = versions(site)
    assert (version.party, version.group_note) == ("group", "Lina: precios\nTeo: cuentas")
    assert "Teo: cuentas" in text(lina.page(f"/es/submissions/{submission(site).id}"))


def test_asked_again_the_form_opens_with_the_last_answers_and_the_words_on_top(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    address = hand_in(lina)
    assert review(mateo, address, "revise", words="Falta decir cuántas horas.").status_code == 303
    page = lina.page(UNIT)
    assert "Falta decir cuántas horas." in text(page, ".note.warn")
    assert field(lina, "a.thing") == "Cesta de palma"
    assert results(site) == []
    hand_in(lina, **{"a.why": "Tres horas por cesta."})
    assert [version.number for version in versions(site)] == [1, 2]
    assert versions(site)[0].answers["why"]["text"] == COMPLETE["a.why"]


def test_accepted_work_stands_once_in_the_ledger(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    address = hand_in(lina)
    review(mateo, address, "revise", words="Un poco más.")
    hand_in(lina, **{"a.why": "Tres horas."})
    review(mateo, address)
    (line,) = results(site)
    assert (line.activity, line.score, line.maximum, line.passed) == ("exercise", 7, 8, True)
    assert (line.source_kind, line.source_id, line.attempt_number) == ("submission", id_of(address), 2)
    assert "Aceptado" in text(lina.page(UNIT), ".note.ok")
    enrollment = site.read(lambda db: db.exec(select(Enrollment)).one())
    assert enrollment.completed_at is not None


def test_the_same_form_five_times_at_once_is_one_version(site: Site) -> None:
    lina = learner(site)
    data = form_of(lina.page(FORM)) | COMPLETE
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: lina.post(f"{UNIT}/submission", data=data), range(5)))
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, f"/es/submissions/{submission(site).id}")}
    assert len(versions(site)) == 1


def test_twenty_submits_at_once_are_one_version_and_lose_nothing(site: Site) -> None:
    lina = learner(site)
    forms = [form_of(lina.page(FORM)) | COMPLETE for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda form: lina.post(f"{UNIT}/submission", data=form), forms))
    assert {answer.status_code for answer in answers} == {303}
    assert len(versions(site)) == 1


def test_what_comes_after_handing_in_is_kept_apart(site: Site) -> None:
    lina = learner(site)
    address = hand_in(lina)
    answer = change(lina, "thing", "Canasta de carrizo", base=1)
    assert answer.status_code == 409
    assert "Canasta de carrizo" in text(lina.page(address))
    assert versions(site)[0].answers["thing"]["text"] == "Cesta de palma"
    review(mentor(site), address, "revise", words="Otra vez.")
    assert "Canasta de carrizo" in text(lina.page(FORM), "#s-thing")


def test_a_person_and_their_key_never_meet_another_person(site: Site) -> None:
    lina, teo = learner(site), learner(site, "Teo")
    key = str(uuid4())
    for browser in (lina, teo):
        send(browser, "submission", **COMPLETE, key=key)
    assert len(versions(site)) == 2
