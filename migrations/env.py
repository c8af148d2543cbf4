"""Alembic's environment: one history for SQLite and PostgreSQL.

SQLite is migrated with foreign keys off (batch mode with them on would delete children), then checked.
"""

import sqlite3
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text
from sqlmodel import SQLModel

import app.models  # noqa: F401  (makes every table known)

config = context.config
url: str = config.attributes["url"]
LOCK = 7_315_001  # the advisory lock of whoever migrates


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite() -> None:
    engine = create_engine(url, poolclass=pool.NullPool, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")

    with engine.connect() as connection:
        run(connection)
        faults = connection.execute(text("PRAGMA foreign_key_check")).all()
        if faults:
            raise sqlite3.IntegrityError(f"The migration left rows without their parents: {faults[:5]}")


def migrate_postgresql() -> None:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '20s'"))
        connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        connection.commit()
        try:
            run(connection)
        finally:
            connection.rollback()
            connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
            connection.commit()


if url.startswith("sqlite"):
    migrate_sqlite()
else:
    migrate_postgresql()
