"""A model that differs from the migrations is a fault."""

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import app.models  # noqa: F401
from app.kernel.migrations import upgrade


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        upgrade(url)
        with create_engine(url).connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, SQLModel.metadata)
    for difference in differences:
        print(difference)
    print("The models and the migrations agree." if not differences else "Write a migration for the differences above.")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
