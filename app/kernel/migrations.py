"""Running the migrations from the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app.kernel.database import driver_url, prepare_sqlite

FOLDER = Path(__file__).parents[2] / "migrations"


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = driver_url(url)
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Brings a database up to a revision. One process at a time: PostgreSQL by an advisory lock, SQLite by its own."""
    prepare_sqlite(url)
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(configuration(url), revision)
