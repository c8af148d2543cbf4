"""give people a second factor, recovery and invitations"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r02_people"
down_revision = "r01_house"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
