"""A session says in a few words which browser it is in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_sessions", sa.Column("browser", sa.Text(), nullable=False, server_default=""))
