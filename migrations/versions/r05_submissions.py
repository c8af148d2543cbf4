"""keep submissions of exercises and their reviews"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r05_submissions"
down_revision = "r04_attempts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
