"""The audit log, as an administrator reads it."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from app.kernel import audit
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.models import AuditEntry
from app.reports.queries import PAGE
from tests.support.site import Site, the


def test_it_says_who_did_what_to_whom_newest_first(site: Site) -> None:
    administrator = site.person("Rosa", "administrator")
    site.write(lambda db: audit.record(db, None, "make_administrator", "user:1"))
    site.write(lambda db: audit.record(db, administrator.user_id, "certificate.revoke", "certificate:TQ-1", reason="mistake <b>"))
    to_herself = f"user:{administrator.user_id}"
    site.write(lambda db: audit.record(db, new_id(), "grant_role", to_herself, role="mentor", scope=["site", ""]))
    page = administrator.page("/en/admin/audit")
    rows = [[cell.text(strip=True) for cell in row.css("td")] for row in page.css("tbody tr")]
    assert [row[2] for row in rows] == ["gave a role", "revoked a certificate", "make administrator"]
    assert [row[1] for row in rows] == ["An erased account", "Rosa", "The shell of the server"]
    assert "reason: mistake <b>" in rows[1][3]
    assert rows[0][3] == "Rosarole: mentorwhere: the whole site"
    assert the(page, "tbody a").attributes["href"] == f"/en/admin/people/{administrator.user_id}"
    assert "dio un papel" in administrator.page("/es/admin/audit").text()
    assert page.css_first("tbody b") is None


def test_its_pages_hold_every_entry_once(site: Site) -> None:
    moment = now()

    def fill(db: Session) -> None:  # many in one moment: the order must still be one
        db.add_all(AuditEntry(action="grant_role", subject=f"n{n}", at=moment - timedelta(seconds=n // 70)) for n in range(2 * PAGE + 1))

    site.write(fill)
    administrator = site.person("Rosa", "administrator")
    seen, path = [], "/es/admin/audit"
    for _ in range(3):
        page = administrator.page(path)
        seen += [row.css("td")[3].text(strip=True) for row in page.css("tbody tr")]
        older = page.css_first("a.btn[href*=before]")
        path = str(older.attributes["href"]) if older else ""
    assert path == ""
    assert sorted(seen) == sorted(f"n{n}" for n in range(2 * PAGE + 1))


def test_an_empty_log_says_what_will_be_there(site: Site) -> None:
    page = site.person("Rosa", "administrator").page("/es/admin/audit")
    assert "Todavía no hay nada" in page.text()


@pytest.mark.parametrize("role", ["author", "mentor", "coordinator"])
def test_for_other_staff_it_does_not_exist(site: Site, role: str) -> None:
    assert site.person("Rosa", role).get("/es/admin/audit").status_code == 404


def test_it_asks_visitors_to_sign_in_and_learners_get_nothing(site: Site) -> None:
    assert site.visitor().get("/es/admin/audit").status_code in (302, 303, 401)
    assert site.person("Lina").get("/es/admin/audit").status_code == 404
    assert site.person("Rosa", "administrator", assurance=1).get("/es/admin/audit").status_code != 200


@pytest.mark.parametrize("before", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_a_forged_page_is_a_404_or_a_422(site: Site, before: str) -> None:
    assert site.person("Rosa", "administrator").get(f"/es/admin/audit?before={before}").status_code in (404, 422)
