"""Since when the line of somebody who waits is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waiting", sa.Column("lost_at", sa.DateTime(timezone=True)))
