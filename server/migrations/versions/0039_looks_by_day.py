"""Looks are found by the day."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_access_log_at", "access_log", ["at"], unique=False)
