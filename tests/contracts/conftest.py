"""One world for each module and database: the tests in it take back what they write."""

from collections.abc import Iterator

import pytest

from app.kernel.settings import settings
from tests.contracts.world import World, build
from tests.support import databases
from tests.support.site import Site


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from app.main import create_app

    folder = tmp_path_factory.mktemp("world")
    url = databases.fresh_sqlite(folder) if request.param == "sqlite" else databases.fresh_postgresql()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEQUIO_STORAGE_URL", f"file:{folder}/files")
        environment.setenv("TEQUIO_MAIL_URL", f"folder:{folder}/mail")
        environment.setenv("TEQUIO_LOG_LEVEL", "ERROR")
        environment.setenv("TEQUIO_DATABASE_URL", url)
        settings.cache_clear()
        app = create_app()
        yield build(Site(app, url))
        app.state.unit.close()
    settings.cache_clear()
    if request.param == "postgresql":
        databases.drop_postgresql(url)
