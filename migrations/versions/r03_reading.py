"""let the catalogue and learning grow: reports of mistakes, search"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r03_reading"
down_revision = "r02_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mistake_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("course_slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("unit_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_mistake_reports_edition_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mistake_reports_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mistake_reports")),
    )
    with op.batch_alter_table("mistake_reports", schema=None) as batch_op:
        batch_op.create_index("ix_mistake_reports_reader", ["user_id", "course_slug", "unit_id"], unique=False)
        batch_op.create_index("ix_mistake_reports_waiting", ["answered_at", "created_at"], unique=False)


def downgrade() -> None:
    op.drop_table("mistake_reports")
