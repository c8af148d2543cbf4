"""Every desk is reached by links from the index of its role."""

from tests.support.site import Site


def test_the_index_leads_to_every_desk(site: Site) -> None:
    site.publish()
    odile = site.person("Odile", "coordinator", "administrator")
    index = odile.page("/es/admin")
    links = [link.attributes["href"] for link in index.css("main a")]
    assert links == ["/es/admin/people", "/es/admin/courses", "/es/admin/certificates", "/es/admin/audit"]
    for link in links:
        assert odile.get(link or "").status_code == 200


def test_the_courses_desk_shows_a_coordinators_own_courses(site: Site) -> None:
    site.publish()
    here = site.person("Olga", "coordinator", scope=("course", "seeds"))
    elsewhere = site.person("Odile", "coordinator", scope=("course", "other"))
    assert "/es/admin/courses/seeds/gains" in here.read("/es/admin/courses")
    assert "/es/admin/courses/seeds/gains" not in elsewhere.read("/es/admin/courses")
    assert site.person("Marek", "mentor").get("/es/admin/courses").status_code == 404


def test_my_page_leads_staff_to_their_desks_and_nobody_else(site: Site) -> None:
    site.publish()
    assert "/es/mentor" in site.person("Marek", "mentor").read("/es/me")
    assert "/es/admin" not in site.person("Marek", "mentor").read("/es/me")
    assert "/es/admin" in site.person("Odile", "coordinator", assurance=1).read("/es/me")
    assert "/es/studio/mistakes" in site.person("Aiko", "author").read("/es/me")
    assert "/es/mentor" not in site.person("Lina").read("/es/me")


def test_the_mentors_desk_leads_to_open_answers(site: Site) -> None:
    assert "/es/mentor/answers" in site.person("Marek", "mentor").read("/es/mentor")
