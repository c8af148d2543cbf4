"""let the catalogue and learning grow: reports of mistakes, search"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r03_reading"
down_revision = "r02_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
