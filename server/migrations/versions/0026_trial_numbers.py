"""Admins have a number for text messages on trial."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("phone", sa.Text(), nullable=True))
