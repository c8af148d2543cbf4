"""A model that differs from the migrations is a fault."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import app.models  # noqa: F401  (makes every table known)
from app.kernel.database import driver_url
from app.kernel.migrations import upgrade


def differences(url: str) -> list[Any]:
    """What a migrated database lacks, or has too much of, compared with the models."""
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), SQLModel.metadata)
    engine.dispose()
    return list(found)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        upgrade(url)
        found = differences(url)
    for difference in found:
        print(difference)
    print("The models and the migrations agree." if not found else "Write a migration for the differences above.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
