"""keep attempts at quizzes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r04_attempts"
down_revision = "r03_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
