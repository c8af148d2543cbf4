"""Published courses for tests that need one."""

from functools import lru_cache
from pathlib import Path

from app.catalog.folder import read_content
from app.catalog.models import Edition
from app.catalog.publishing import Prepared, prepare, publish_from_folder
from tests.support.site import Site

CONTENT = Path(__file__).parents[2] / "content"


@lru_cache
def finance() -> Prepared:
    """The real course, compiled once a test run."""
    content = read_content(CONTENT)
    course = next(course for course in content.courses if course.slug == "finance")
    return prepare(course.slug, course.files, content.neighbours)


def publish_finance(site: Site) -> Edition:
    """The edition that learners of the site get."""
    publication = site.write(lambda db: publish_from_folder(db, finance()))
    assert publication.edition is not None, publication.faults
    return publication.edition
