"""Reports of mistakes: from the reader to the author and back."""

from uuid import uuid4

from tests.support.site import Site, the

FIRST = "/es/courses/seeds/soil/first-seed"


def test_a_report_reaches_the_author_and_the_answer_stands_in_the_page(site: Site) -> None:
    site.publish()
    lina, theo, aiko = site.person("Lina"), site.person("Theo"), site.person("Aiko", "author", scope=("course", "seeds"))
    assert lina.fill(FIRST, _form="/mistakes", text="El surco no suma").status_code == 303
    assert "El surco no suma" in lina.page(FIRST).text()
    assert "El surco no suma" not in theo.page(FIRST).text()
    assert "El surco no suma" in aiko.page("/es/studio/mistakes").text()
    assert aiko.fill("/es/studio/mistakes", _form="/answer", answer="Gracias, ya suma.").status_code == 303
    assert "Gracias, ya suma." in lina.page(FIRST).text()


def test_an_author_sees_the_reports_of_their_courses_only(site: Site) -> None:
    site.publish()
    lina, other = site.person("Lina"), site.person("Odile", "author", scope=("course", "finance"))
    lina.fill(FIRST, _form="/mistakes", text="El surco no suma")
    assert "El surco" not in other.page("/es/studio/mistakes").text()
    aiko = site.person("Aiko", "author")
    action = the(aiko.page("/es/studio/mistakes"), "form[action*=answer]").attributes["action"]
    assert action is not None
    assert other.post(action, data={"answer": "no es mío"}).status_code == 404
    assert lina.post(action, data={"answer": "no puedo"}).status_code == 404
    assert aiko.post(f"/es/studio/mistakes/{uuid4()}/answer", data={"answer": "nada"}).status_code == 404


def test_learners_have_no_studio(site: Site) -> None:
    assert site.person("Lina").get("/es/studio/mistakes").status_code == 404


def test_a_visitor_is_asked_to_sign_in(site: Site) -> None:
    site.publish()
    visitor = site.visitor()
    assert the(visitor.page(FIRST), f'a[href="{FIRST}/mistakes"]') is not None
    assert visitor.get(f"{FIRST}/mistakes").status_code in (303, 401)


def test_an_empty_report_comes_back_with_a_sentence(site: Site) -> None:
    site.publish()
    answer = site.person("Lina").fill(FIRST, _form="/mistakes", text=" ")
    assert answer.status_code == 422
    assert "Falta llenar esto." in answer.text


def test_twenty_reports_an_hour_are_enough(site: Site) -> None:
    site.publish()
    lina = site.person("Lina")
    answers = [lina.post(f"{FIRST}/mistakes", data={"text": f"error {number}"}).status_code for number in range(22)]
    assert answers[:20] == [303] * 20
    assert answers[-1] == 429
