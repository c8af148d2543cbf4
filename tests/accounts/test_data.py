"""Downloading and erasing what is kept."""

import io
import json
import zipfile

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from app.accounts import personal_data
from app.accounts.models import User
from app.accounts.personal_data import Erasure, KeptFile
from app.catalog.models import Edition
from app.kernel.storage import storage
from app.learning.models import Enrollment, MistakeReport, UnitProgress
from tests.accounts.steps import PASSPHRASE, is_signed_in, new_learner, sign_in, sign_up
from tests.support.site import Browser, Site


def test_the_download_holds_everything_but_secrets(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "_exporters", dict(personal_data._exporters))
    stored = storage().put(b"un mapa")
    personal_data.register_exporter(
        "notes", lambda db, user_id: {"who": user_id}, lambda db, user_id: [KeptFile("map.txt", stored), KeptFile("gone.txt", "0" * 64)]
    )
    lina = new_learner(site, "lina@example.org", name="Lina Ñ")
    answer = lina.get("/es/me/data/download")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    account = json.loads(archive.read("account.json"))
    assert account["account"]["name"] == "Lina Ñ"
    assert account["names"][0]["subject"] == "lina@example.org"
    assert len(account["sessions"]) == 1
    assert "hash" not in archive.read("account.json").decode()
    assert json.loads(archive.read("notes.json")) == {"who": str(lina.user_id)}
    assert archive.read("files/map.txt") == b"un mapa"
    assert "files/gone.txt.missing.txt" in archive.namelist()


def test_erasing_needs_the_passphrase_and_a_choice(site: Site) -> None:
    lina = new_learner(site)
    assert lina.fill("/es/me/data", certificates="keep", current="no es la frase").status_code == 422
    assert lina.fill("/es/me/data", current=PASSPHRASE).status_code == 422
    assert lina.fill("/es/me/data", certificates="other", current=PASSPHRASE).status_code == 422
    assert is_signed_in(lina)


@pytest.mark.parametrize("choice", ["keep", "withdraw"])
def test_erasing_leaves_nothing_personal(site: Site, monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    told: list[Erasure] = []
    monkeypatch.setattr(personal_data, "_erasers", {"notes": lambda db, user_id, erasure: told.append(erasure)})
    lina = new_learner(site, "xochitl@example.org", name="Xochitl Nombre")
    site.visitor().fill("/es/recovery", _form="mail", email="xochitl@example.org")
    answer = lina.fill("/es/me/data", certificates=choice, current=PASSPHRASE)
    assert answer.headers["location"] == "/es/account-erased"
    assert lina.page("/es/account-erased")
    assert told == [Erasure(keep_certificates=choice == "keep")]
    assert not is_signed_in(lina)
    assert sign_in(site.visitor(), "xochitl@example.org").status_code == 422
    assert dump(site).lower().count("xochitl") == 0
    user = site.read(lambda db: db.exec(select(User)).one())
    assert (user.name, user.passphrase_hash) == ("", "")
    assert user.erased_at is not None
    assert sign_up(site.visitor(), "xochitl@example.org").status_code == 303  # the name is free again


def test_progress_goes_with_the_account(site: Site) -> None:
    lina = new_learner(site)
    enroll(site, lina)
    archive = zipfile.ZipFile(io.BytesIO(lina.get("/es/me/data/download").content))
    assert json.loads(archive.read("learning.json"))["enrollments"][0]["course_slug"] == "finance"
    assert lina.fill("/es/me/data", certificates="keep", current=PASSPHRASE).status_code == 303
    assert site.read(lambda db: db.exec(select(Enrollment)).all()) == []
    assert site.read(lambda db: db.exec(select(UnitProgress)).all()) == []
    assert [report.user_id for report in site.read(lambda db: db.exec(select(MistakeReport)).all())] == [None]


def enroll(site: Site, browser: Browser) -> None:
    """Enrolls a person in an edition of nothing, with progress and a reported mistake."""

    def create(db: Session) -> None:
        edition = Edition(
            course_slug="finance", number=1, schema_version=1, manifest={}, manifest_hash="", summary={}, kind="revision", origin="folder"
        )
        db.add(edition)
        db.flush()
        enrollment = Enrollment(user_id=browser.user_id, course_slug="finance", edition_id=edition.id)
        db.add(enrollment)
        db.flush()
        db.add(UnitProgress(enrollment_id=enrollment.id, unit_id="u1"))
        db.add(
            MistakeReport(
                user_id=browser.user_id, course_slug="finance", unit_id="u1", edition_id=edition.id, language="es", text="Falta un cero"
            )
        )

    site.write(create)


def dump(site: Site) -> str:
    """Every row of every table."""
    from sqlmodel import SQLModel

    def rows(db: object) -> str:
        return "\n".join(repr(row) for name in SQLModel.metadata.tables for row in db.execute(text(f"SELECT * FROM {name}")))  # type: ignore[attr-defined]

    return site.read(rows)
