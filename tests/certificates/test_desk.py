"""Coordinators revoke and reissue, within their scope, and it is written down."""

from sqlmodel import select

from app.certificates.models import Certificate
from app.kernel.models import AuditEntry
from tests.certificates.test_issue import issue
from tests.factories.certificates import COURSE, finished
from tests.support.site import Browser, Site


def certificate_of(site: Site) -> Certificate:
    return site.read(lambda db: db.exec(select(Certificate).where(Certificate.replaced_by == "")).one())


def issued(site: Site) -> tuple[Browser, str, str]:
    """(the holder, the page of the certificate, its page at the desk)"""
    lina = site.person("Lina")
    finished(site, lina)
    where = issue(lina)
    return lina, where, f"/es/admin/certificates/{certificate_of(site).id}"


def test_a_coordinator_revokes_and_the_check_says_why(site: Site) -> None:
    _, where, desk = issued(site)
    odile = site.person("Odile", "coordinator")
    assert odile.fill(desk, "revocation", reason="work").status_code == 303
    page = site.visitor().get(where, headers={"accept-language": "es"}).text
    assert "Anulado" in page
    assert "el trabajo entregado no era de la persona titular" in page
    assert site.read(lambda db: [entry.action for entry in db.exec(select(AuditEntry))]) == ["certificate.revoke"]


def test_revoking_needs_a_reason(site: Site) -> None:
    _, where, desk = issued(site)
    odile = site.person("Odile", "coordinator")
    assert odile.fill(desk, "revocation").status_code == 422
    assert "Válido" in site.visitor().get(where, headers={"accept-language": "es"}).text


def test_a_reissue_corrects_the_name_and_points_from_the_old_to_the_new(site: Site) -> None:
    lina, where, desk = issued(site)
    odile = site.person("Odile", "coordinator")
    assert odile.fill(desk, "reissue", name="Teresa Sánchez Muñoz").status_code == 303
    fresh = certificate_of(site)
    old = site.visitor().get(where, headers={"accept-language": "es"}).text
    assert "Anulado" in old
    assert fresh.serial in old
    assert "Teresa Sánchez Muñoz" in site.visitor().get(f"/certificates/{fresh.serial}").text
    assert odile.post(f"{desk}/reissue", data={"name": "Once More"}).status_code == 409
    assert f"/certificates/{fresh.serial}" in lina.read("/es/me")


def test_only_coordinators_in_scope_see_the_desk(site: Site) -> None:
    lina, _, desk = issued(site)
    elsewhere = site.person("Odile", "coordinator", scope=("course", "other"))
    here = site.person("Olga", "coordinator", scope=("course", COURSE))
    one_factor = site.person("Oto", "coordinator", assurance=1)
    mentor = site.person("Marek", "mentor")
    for person in (lina, elsewhere, mentor):
        assert person.get(desk).status_code == 404
        assert person.post(f"{desk}/revocation", data={"reason": "work"}).status_code == 404
    assert one_factor.get(desk).status_code in (303, 404)
    assert here.get(desk).status_code == 200
    assert "Teresa" in here.read("/es/admin/certificates")
    assert "Teresa" not in elsewhere.read("/es/admin/certificates")
    assert "Teresa" in here.read("/es/admin/certificates?q=Teresa")
