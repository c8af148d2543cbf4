"""Two pages of one person: what loses is kept and shown, never overwritten in silence."""

from tests.exercises.steps import COMPLETE, FORM, UNIT, change, form_of, hand_in, learner, send, submission, text, versions
from tests.support.site import Browser, Site


def opened(browser: Browser) -> dict[str, str]:
    """The form as a page holds it that was opened now."""
    return form_of(browser.page(FORM))


def test_a_conflict_keeps_both_texts_and_shows_them(site: Site) -> None:
    lina = learner(site)
    old, new = opened(lina), opened(lina)
    lina.post(f"{UNIT}/draft", data=new | {"a.thing": "Del teléfono"})
    answer = lina.post(f"{UNIT}/draft", data=old | {"a.thing": "De la tableta", "a.why": "Solo aquí"})
    assert answer.headers["location"] == f"{FORM}#thing"
    shown = text(lina.page(FORM), "#s-thing")
    assert "Del teléfono" in shown
    assert "De la tableta" in shown
    assert opened(lina)["a.thing"] == "Del teléfono"
    assert opened(lina)["a.why"] == "Solo aquí"  # no conflict there


def test_the_text_that_was_chosen_counts(site: Site) -> None:
    lina = learner(site)
    old, new = opened(lina), opened(lina)
    lina.post(f"{UNIT}/draft", data=new | {"a.thing": "Uno"})
    lina.post(f"{UNIT}/draft", data=old | {"a.thing": "Dos"})
    page = opened(lina)
    button = lina.page(FORM).css("#s-thing button")[-1]
    lina.post(f"{UNIT}/draft", data=page | {"use": button.attributes["value"]})
    assert opened(lina)["a.thing"] == "Dos"
    assert lina.page(FORM).css("#s-thing button") == []


def test_an_older_page_with_an_untouched_field_changes_nothing(site: Site) -> None:
    lina = learner(site)
    send(lina, "draft", **{"a.thing": "Uno"})
    old = opened(lina)
    send(lina, "draft", **{"a.thing": "Dos"})
    lina.post(f"{UNIT}/draft", data=old | {"a.why": "Nuevo"})
    now = opened(lina)
    assert (now["a.thing"], now["a.why"]) == ("Dos", "Nuevo")
    assert lina.page(FORM).css("#s-thing button") == []


def test_a_page_never_conflicts_with_its_own_saves_on_the_way(site: Site) -> None:
    lina = learner(site)
    page = opened(lina)
    for typed in ("C", "Ce", "Ces"):
        change(lina, "thing", typed, base=0, page=page["page"])
    assert lina.page(FORM).css("#s-thing button") == []
    assert opened(lina)["a.thing"] == "Ces"


def test_handing_in_over_another_pages_text_asks_first(site: Site) -> None:
    lina = learner(site)
    old = opened(lina)
    send(lina, "draft", **{"a.thing": "Uno"})
    answer = lina.post(f"{UNIT}/submission", data=old | COMPLETE | {"a.thing": "Dos"})
    assert answer.status_code == 409
    assert "Uno" in answer.text
    assert "Dos" in answer.text
    assert versions(site) == []
    hand_in(lina, **{"a.thing": "Dos"})
    assert submission(site).version == 1
    assert versions(site)[0].answers["thing"]["text"] == "Dos"
