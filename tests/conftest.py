"""A site for every test that asks for one, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.kernel import clock
from app.kernel.settings import settings
from tests.support import databases
from tests.support.site import Site


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        yield databases.fresh_sqlite(tmp_path)
        return
    url = databases.fresh_postgresql()
    yield url
    databases.drop_postgresql(url)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Settings of this test alone: set more with `environment.setenv` before the site is made."""
    monkeypatch.setenv("TEQUIO_STORAGE_URL", f"file:{tmp_path}/files")
    monkeypatch.setenv("TEQUIO_MAIL_URL", f"folder:{tmp_path}/mail")
    monkeypatch.setenv("TEQUIO_LOG_LEVEL", "ERROR")
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()
    clock.shift(timedelta())


@pytest.fixture
def site(database_url: str, environment: pytest.MonkeyPatch) -> Iterator[Site]:
    """The whole application over a fresh database."""
    from app.main import create_app

    environment.setenv("TEQUIO_DATABASE_URL", database_url)
    settings.cache_clear()
    app = create_app()
    yield Site(app, database_url)
    app.state.unit.close()
