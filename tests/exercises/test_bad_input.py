"""What no page of ours sends, and what people write all the same."""

from uuid import uuid4

import pytest

from tests.exercises.steps import (
    COMPLETE,
    FORM,
    FULL_MARKS,
    UNIT,
    change,
    form_of,
    hand_in,
    id_of,
    learner,
    mentor,
    send,
    submission,
    versions,
)
from tests.support.site import Site, values_of


def test_a_megabyte_in_a_field_is_refused_and_nothing_is_written(site: Site) -> None:
    lina = learner(site)
    data = {"a.why": "x" * 1_000_001, "page": str(uuid4())}
    assert lina.post(f"{UNIT}/draft", data=data).status_code == 413
    assert send(lina, "draft").status_code == 303


def test_a_text_that_is_too_long_comes_back_and_the_others_are_saved(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "draft", **{"a.thing": "Cesta", "a.why": "y" * 20_001})
    assert answer.status_code == 422
    assert "20,000" in answer.text
    assert "y" * 20_001 in answer.text
    assert form_of(lina.page(FORM))["a.thing"] == "Cesta"
    assert change(lina, "why", "y" * 20_001).status_code == 422


def test_nul_and_control_characters_are_taken_out(site: Site) -> None:
    lina = learner(site)
    hand_in(lina, **{"a.thing": "Ces\x00ta\x07\x1b de palma"})
    assert versions(site)[0].answers["thing"]["text"] == "Cesta de palma"


@pytest.mark.parametrize(
    "text", ["🧺 Cesta 👩🏽‍🌾", "سلة من النخيل", "Cesta\u202egnirts", "Xóchitl Ñandú — “cesta”", "<script>alert(1)</script>"]
)
def test_every_writing_is_kept_and_shown_as_it_is(site: Site, text: str) -> None:
    lina = learner(site)
    address = hand_in(lina, **{"a.why": text})
    assert versions(site)[0].answers["why"]["text"] == text
    assert text in [item.text() for item in lina.page(address).css(".typed")]
    assert "<script>alert" not in lina.get(address).text


def test_a_choice_that_is_not_in_the_list_is_not_taken(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "submission", **(COMPLETE | {"a.place": "moon"}))
    assert answer.status_code == 422
    assert "Elige" in answer.text
    assert versions(site) == []


def test_a_field_that_is_gone_is_shown_again_and_the_rest_is_saved(site: Site) -> None:
    lina = learner(site)
    answer = send(lina, "draft", **{"a.thing": "Cesta", "a.retired": "Lo que escribí antes", "r.retired": "3"})
    assert answer.status_code == 422
    assert "Lo que escribí antes" in answer.text
    assert form_of(lina.page(FORM))["a.thing"] == "Cesta"
    gone = change(lina, "retired", "Perdido")
    assert gone.status_code == 422
    assert "<html" not in gone.text


def test_a_choice_between_texts_that_do_not_exist_changes_nothing(site: Site) -> None:
    lina = learner(site)
    send(lina, "draft", **{"a.thing": "Cesta"})
    for use in ("thing:99", "thing:", ":1", "nothing:1", "thing:-1", "thing:1e9", "x" * 500, "thing:٣"):
        assert send(lina, "draft", use=use).status_code == 303
    assert form_of(lina.page(FORM))["a.thing"] == "Cesta"


def test_odd_numbers_never_break_a_page(site: Site) -> None:
    lina = learner(site)
    for number in ("1e400", "--5", "1,2,3,4", "∞", "NaN"):
        assert send(lina, "submission", **(COMPLETE | {"a.price": number})).status_code == 422
        lina.page(UNIT)
    lina.page(hand_in(lina, **{"a.price": "9" * 12 + ".99"}))
    assert submission(site).version == 1


def test_levels_and_versions_that_do_not_exist_are_not_taken(site: Site) -> None:
    address, mateo = hand_in(learner(site)), mentor(site)
    path = f"/es/mentor/submissions/{id_of(address)}/review"
    page = mateo.page(path.removesuffix("/review"))
    form = values_of(next(f for f in page.css("form[method=post]") if "/review" in (f.attributes.get("action") or "")))
    odd = {"s.costs": "5", "s.reason": "4", "s.other": "4"}
    assert mateo.post(path, data=form | FULL_MARKS | odd | {"verdict": "accept"}).status_code == 422
    assert mateo.post(path, data=form | FULL_MARKS | {"verdict": "accept", "version": "2"}).status_code == 409
    assert mateo.post(path, data=form | FULL_MARKS | {"verdict": "accept", "version": "one"}).status_code == 409


@pytest.mark.parametrize("what", ["draft", "submission"])
def test_forms_reach_only_exercises_of_ones_own_courses(site: Site, what: str) -> None:
    learner(site)
    stranger = site.person("Teo")
    answer = stranger.post(f"{UNIT}/{what}", data=COMPLETE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/es/courses/baskets#start"
    assert site.visitor().post(f"{UNIT}/{what}", data=COMPLETE).status_code == 401
    stranger.post("/es/courses/baskets/enrollment")
    assert stranger.post(f"/es/courses/baskets/shop/nothing/{what}", data=COMPLETE).status_code == 404
    assert stranger.get(f"/es/submissions/{uuid4()}").status_code == 404
    assert stranger.get("/es/submissions/nonsense").status_code == 404


def test_a_reload_of_a_rejected_form_leads_back_to_the_exercise(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    assert lina.get(f"{UNIT}/submission").headers["location"] == FORM
    assert lina.get(FORM).status_code == 200
    piece = f"/es/mentor/submissions/{id_of(hand_in(lina))}"
    for what in ("draft", "review"):
        assert mateo.get(f"{piece}/{what}").headers["location"] == piece
        assert lina.get(f"{piece}/{what}").status_code == 404
