"""keep certificates as issued"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r06_certificates"
down_revision = "r05_submissions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_claims",
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("completed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_certificate_claims_enrollment_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("enrollment_id", name=op.f("pk_certificate_claims")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("serial", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("course_slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("holder_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("key_id", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("signature", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("pdf_a4", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("pdf_letter", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("issued_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("replaced_by", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_certificates_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("enrollment_id", name=op.f("uq_certificates_enrollment_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificates_serial")),
    )
    op.create_index(op.f("ix_certificates_course_slug"), "certificates", ["course_slug"])
    op.create_index(op.f("ix_certificates_user_id"), "certificates", ["user_id"])


def downgrade() -> None:
    op.drop_table("certificates")
    op.drop_table("certificate_claims")
