"""/admin/people: roles, invitations, codes, disabling; and who may not."""

from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlmodel import select

from app.accounts.actions.people import grant_role
from app.accounts.models import Invitation, RoleGrant
from app.kernel import clock
from app.kernel.models import AuditEntry
from tests.accounts.steps import code_on, is_signed_in, new_learner, sign_in
from tests.accounts.test_recovery import recover
from tests.support.site import Browser, Site, values_of

COHORT = ("cohort", "mitla-1")


def audit_of(site: Site, action: str) -> list[AuditEntry]:
    return site.read(lambda db: list(db.exec(select(AuditEntry).where(AuditEntry.action == action))))


def page_of(browser: Browser) -> str:
    return f"/es/admin/people/{browser.user_id}"


def give(staff: Browser, person: Browser, **fields: str) -> Any:
    """Fills the form that gives a role."""
    form = next(f for f in staff.page(page_of(person)).css("form") if (f.attributes.get("action") or "").endswith("/roles"))
    return staff.post(form.attributes["action"] or "", data=values_of(form) | fields)


def in_cohort(site: Site, browser: Browser) -> Browser:
    site.write(lambda db: grant_role(db, browser.user_id, "learner", COHORT, by=None))
    return browser


@pytest.mark.parametrize("role", ["", "author", "mentor"])
def test_to_others_the_pages_do_not_exist(site: Site, role: str) -> None:
    lina = site.person("Ana")
    other = site.person("Rosa", *([role] if role else []))
    paths = [page_of(lina) + end for end in ("/roles", "/disabling", "/enabling", "/recovery-code", "/second-factor/removal")]
    assert [other.post(path, data={"role": "administrator"}).status_code for path in [*paths, "/es/admin/invitations"]] == [404] * 6
    assert [other.get(path).status_code for path in ("/es/admin", "/es/admin/people", page_of(lina))] == [404] * 3


def test_the_list_is_searched_without_accents_and_by_any_part(site: Site) -> None:
    elena = site.person("Elena", "administrator")
    new_learner(site, "jose.lopez", name="José López 🌽")
    new_learner(site, "55 9876 5432", name="لينا")
    for wanted in ("jose", "LÓPEZ", "jose.lo"):
        assert "José López" in elena.get("/es/admin/people", params={"q": wanted}).text
    phone = elena.get("/es/admin/people", params={"q": "+5255987"}).text
    assert "لينا" in phone
    assert "•••• 5432" in phone
    assert "9876" not in phone
    for odd in ("%", "_", "'; --", "\x00", "x" * 5000, "🌽"):
        assert elena.get("/es/admin/people", params={"q": odd}).status_code == 200
    assert "José" in elena.get("/es/admin/people", params={"q": "🌽"}).text


def test_long_lists_come_in_pages_without_gaps(site: Site) -> None:
    elena = site.person("Zoe", "administrator")
    for number in range(60):
        site.person("Ana" if number % 2 else f"Beto {number:02}")
    first = elena.page("/es/admin/people")
    more = first.css_first("a[href*='after=']")
    assert more is not None
    second = elena.page(more.attributes["href"] or "")
    names = [row.attributes["href"] for page in (first, second) for row in page.css("tbody th a")]
    assert len(names) == len(set(names)) == 61


def test_an_administrator_gives_and_takes_a_role(site: Site) -> None:
    elena, rosa = site.person("Elena", "administrator"), new_learner(site, "rosa")
    answer = give(elena, rosa, role="coordinator", scope_kind="cohort", scope_id="mitla-1")
    assert answer.status_code == 303
    assert rosa.get("/es/admin/people").headers["location"].startswith("/es/sign-in/second-factor")
    entry = audit_of(site, "grant_role")[-1]
    assert (entry.actor_id, entry.subject, entry.details) == (
        elena.user_id,
        f"user:{rosa.user_id}",
        {"role": "coordinator", "scope": ["cohort", "mitla-1"]},
    )
    assert elena.fill(page_of(rosa), _form="revocation").status_code == 303
    assert rosa.get("/es/admin/people").status_code == 404
    assert audit_of(site, "revoke_role")


def test_the_same_role_twice_is_one(site: Site) -> None:
    elena, rosa = site.person("Elena", "administrator"), site.person("Rosa")
    for _ in range(2):
        give(elena, rosa, role="mentor")
    assert len(site.read(lambda db: db.exec(select(RoleGrant).where(RoleGrant.user_id == rosa.user_id)).all())) == 1


def test_a_scope_needs_its_name_and_a_site_needs_none(site: Site) -> None:
    elena, rosa = site.person("Elena", "administrator"), site.person("Rosa")
    answer = give(elena, rosa, role="mentor", scope_kind="course", scope_id="")
    assert answer.status_code == 422
    assert 'id="e-scope_id"' in answer.text
    assert give(elena, rosa, role="king").status_code == 422
    assert give(elena, rosa, role="mentor", scope_kind="course", scope_id="a b/../c").status_code == 422
    give(elena, rosa, role="mentor", scope_id="ignored")
    grant = site.read(lambda db: db.exec(select(RoleGrant).where(RoleGrant.user_id == rosa.user_id)).one())
    assert (grant.scope_kind, grant.scope_id) == ("site", "")


def test_administrators_do_not_shut_themselves_out(site: Site) -> None:
    elena = site.person("Elena", "administrator")
    assert elena.fill(page_of(elena), _form="revocation").status_code == 422
    assert elena.post(page_of(elena) + "/disabling", data={}).status_code == 404
    assert is_signed_in(elena)


def test_disabling_ends_sessions_and_enabling_lets_back_in(site: Site) -> None:
    elena, lina = site.person("Elena", "administrator"), new_learner(site)
    assert elena.fill(page_of(lina), _form="disabling").status_code == 303
    assert not is_signed_in(lina)
    assert sign_in(site.visitor(), "lina").status_code == 422
    assert elena.fill(page_of(lina), _form="enabling").status_code == 303
    assert sign_in(site.visitor(), "lina").status_code == 303
    assert len(audit_of(site, "disable_account")) == len(audit_of(site, "enable_account")) == 1


def test_a_coordinator_lets_a_learner_back_in_face_to_face(site: Site) -> None:
    joel = site.person("Joel", "coordinator")
    lina = new_learner(site)
    assert joel.fill(page_of(lina), _form="recovery-code").status_code == 303
    code = code_on(joel, page_of(lina))
    assert len(code.replace("-", "")) == 8
    assert audit_of(site, "issue_recovery_code")[0].actor_id == joel.user_id
    clock.shift(timedelta(minutes=14))
    assert recover(site.visitor(), "lina", code).status_code == 303
    assert recover(site.visitor(), "lina", code, "otra frase nueva").status_code == 422


def test_the_coordinators_code_runs_out(site: Site) -> None:
    joel, lina = site.person("Joel", "coordinator"), new_learner(site)
    joel.fill(page_of(lina), _form="recovery-code")
    code = code_on(joel, page_of(lina))
    clock.shift(timedelta(minutes=16))
    assert recover(site.visitor(), "lina", code).status_code == 422
    assert joel.page(page_of(lina)).css_first(".code") is None


def test_coordinators_do_not_open_staff_accounts_nor_manage(site: Site) -> None:
    joel, elena, lina = site.person("Joel", "coordinator"), site.person("Elena", "administrator"), new_learner(site)
    assert joel.post(page_of(elena) + "/recovery-code", data={}).status_code == 404
    assert joel.post(page_of(joel) + "/recovery-code", data={}).status_code == 404
    assert joel.post(page_of(lina) + "/disabling", data={}).status_code == 404
    assert joel.post(page_of(joel) + "/roles", data={"role": "administrator"}).status_code == 404
    assert joel.post("/es/admin/invitations", data={"role": "administrator"}).status_code == 404


def test_a_scope_is_a_wall(site: Site) -> None:
    joel = site.person("Joel", "coordinator", scope=COHORT)
    inside, outside = in_cohort(site, new_learner(site, "lina", name="Lina Dentro")), new_learner(site, "ana", name="Ana Afuera")
    listed = joel.get("/es/admin/people").text
    assert "Lina Dentro" in listed
    assert "Ana Afuera" not in listed
    assert joel.get(page_of(inside)).status_code == 200
    assert joel.get(page_of(outside)).status_code == 404
    assert joel.fill(page_of(inside), _form="recovery-code").status_code == 303
    assert joel.post(page_of(outside) + "/recovery-code", data={}).status_code == 404


def test_a_scoped_administrator_stays_in_the_scope(site: Site) -> None:
    boss = site.person("Boss", "administrator", scope=COHORT)
    lina = in_cohort(site, new_learner(site))
    assert give(boss, lina, role="mentor", scope_kind="cohort", scope_id="mitla-1").status_code == 303
    assert give(boss, lina, role="administrator", scope_kind="site").status_code == 404
    elena = in_cohort(site, site.person("Elena", "administrator"))
    assert boss.post(page_of(elena) + "/disabling", data={}).status_code == 404
    assert boss.fill("/es/admin/people", _form="/invitations", role="administrator", scope_kind="site").status_code == 404


def invitation_link(site: Site, elena: Browser, **fields: str) -> str:
    assert elena.fill("/es/admin/people", _form="admin/invitations", **fields).status_code == 303
    field = elena.page("/es/admin/people").css_first("input[id^=link-]")
    assert field is not None
    return (field.attributes["value"] or "").removeprefix("http://127.0.0.1:8000")


def test_an_invitation_works_once(site: Site) -> None:
    elena = site.person("Elena", "administrator")
    link = invitation_link(site, elena, role="mentor", scope_kind="course", scope_id="finance")
    visitor = site.visitor()
    page = LexborHTMLParser(visitor.get(link).text)
    assert page.css_first("a[href*='sign-up?next=']") is not None
    rosa, late = new_learner(site, "rosa"), new_learner(site, "late")
    assert rosa.fill(link).headers["location"].startswith("/es/me/second-factor")
    grant = site.read(lambda db: db.exec(select(RoleGrant).where(RoleGrant.user_id == rosa.user_id)).one())
    assert (grant.role, grant.scope_kind, grant.scope_id, grant.granted_by) == ("mentor", "course", "finance", elena.user_id)
    assert late.post(link, data={}).status_code == 404
    assert late.get(link).status_code == 404
    assert rosa.post(link, data={}).status_code == 303  # the same button twice
    assert audit_of(site, "invite")
    assert audit_of(site, "accept_invitation")[0].actor_id == rosa.user_id


def test_an_invitation_runs_out_or_is_withdrawn(site: Site) -> None:
    elena, rosa = site.person("Elena", "administrator"), new_learner(site, "rosa")
    link = invitation_link(site, elena, role="author")
    assert elena.fill("/es/admin/people", _form="withdrawal").status_code == 303
    assert rosa.post(link, data={}).status_code == 404
    link = invitation_link(site, elena, role="author")
    clock.shift(timedelta(days=8))
    assert rosa.post(link, data={}).status_code == 404
    assert rosa.post("/es/invitations/forged", data={}).status_code == 404
    assert not site.read(lambda db: db.exec(select(Invitation).where(Invitation.accepted_by == rosa.user_id)).all())


def test_a_second_factor_is_taken_away_for_a_lost_phone(site: Site) -> None:
    from tests.accounts.test_second_factor import make_staff, set_up

    elena, rosa = site.person("Elena", "administrator"), new_learner(site, "rosa")
    make_staff(site, rosa, "mentor")
    set_up(site, rosa)
    assert elena.fill(page_of(rosa), _form="second-factor/removal").status_code == 303
    assert not is_signed_in(rosa)
    assert audit_of(site, "remove_second_factor")[0].actor_id == elena.user_id


def test_the_index_shows_the_desks_one_may_open(site: Site) -> None:
    page = site.person("Joel", "coordinator").page("/en/admin")
    assert page.css_first("a[href='/en/admin/people']") is not None


def test_unknown_people_and_forged_ids_are_404(site: Site) -> None:
    elena = site.person("Elena", "administrator")
    for path in ("00000000-0000-4000-8000-000000000000", "x", "%00", "1' OR 1=1"):
        assert elena.get(f"/es/admin/people/{path}").status_code == 404
