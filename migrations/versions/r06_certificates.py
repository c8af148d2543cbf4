"""keep certificates as issued"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r06_certificates"
down_revision = "r05_submissions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
