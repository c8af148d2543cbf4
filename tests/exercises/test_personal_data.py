"""A person gets what is kept of their work, and takes it away with them."""

from typing import Any

from sqlmodel import select

from app.accounts.personal_data import Erasure, erase_all, export_all
from app.exercises.models import DraftAnswer, Submission
from tests.exercises.steps import hand_in, learner, mentor, review, reviews, text, versions
from tests.support.site import Browser, Site


def export(site: Site, browser: Browser) -> Any:
    return site.read(lambda db: export_all(db, browser.user_id))[0]["exercises"]


def erase(site: Site, browser: Browser) -> None:
    site.write(lambda db: erase_all(db, browser.user_id, Erasure(keep_certificates=True)))


def test_everything_is_in_the_download_and_no_mentor_is_named(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    review(mateo, hand_in(lina), "revise", words="Otra vez.")
    (work,) = export(site, lina)["work"]
    assert work["versions"][0]["answers"]["thing"]["text"] == "Cesta de palma"
    assert work["versions"][0]["review"]["words"] == "Otra vez."
    assert work["drafts"]["thing"][0]["value"] == "Cesta de palma"
    assert str(mateo.user_id) not in str(work)
    assert export(site, mateo)["reviews_given"][0]["words"] == "Otra vez."


def test_erasing_takes_the_work_of_one_person_only(site: Site) -> None:
    lina, teo = learner(site, "Lina"), learner(site, "Teo")
    hand_in(lina)
    hand_in(teo)
    erase(site, lina)
    assert [one.user_id for one in site.read(lambda db: list(db.exec(select(Submission))))] == [teo.user_id]
    assert len(versions(site)) == 1
    assert {row.submission_id for row in site.read(lambda db: list(db.exec(select(DraftAnswer))))} == {versions(site)[0].submission_id}


def test_what_an_erased_mentor_said_stays_without_their_name(site: Site) -> None:
    lina, mateo = learner(site), mentor(site)
    address = hand_in(lina)
    review(mateo, address)
    erase(site, mateo)
    assert [one.mentor_id for one in reviews(site)] == [None]
    page = text(lina.page(address))
    assert "Mateo" not in page
    assert "Tu hoja está completa." in page
