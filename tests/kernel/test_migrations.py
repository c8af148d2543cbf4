"""Migrations go up and down on both databases, with data in the tables, one step at a time."""

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from app.kernel.database import driver_url
from app.kernel.migrations import configuration, downgrade, upgrade
from tests.support.migrations import differences
from tests.support.site import Site


def names_of_people(url: str) -> list[str]:
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        names = [row[0] for row in connection.execute(text("SELECT name FROM users ORDER BY name"))]
    engine.dispose()
    return names


def tables(url: str) -> set[str]:
    engine = create_engine(driver_url(url))
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_every_step_down_and_up_again_keeps_the_people(site: Site) -> None:
    site.person("Lina")
    site.person("Marek", "mentor")
    revisions = [script.revision for script in ScriptDirectory.from_config(configuration(site.url)).walk_revisions()]
    for revision in revisions[1:]:
        downgrade(site.url, revision)
        assert names_of_people(site.url) == ["Lina", "Marek"]
    upgrade(site.url)
    assert names_of_people(site.url) == ["Lina", "Marek"]
    assert differences(site.url) == []


def test_the_way_down_leaves_nothing(site: Site) -> None:
    site.person("Lina")
    downgrade(site.url, "base")
    assert tables(site.url) <= {"alembic_version"}
    upgrade(site.url)
    assert "users" in tables(site.url)


def test_there_is_one_line_of_history() -> None:
    scripts = ScriptDirectory.from_config(configuration("sqlite://"))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
