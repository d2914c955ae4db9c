"""Until when a subscriber asked not to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscribers", sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True))
