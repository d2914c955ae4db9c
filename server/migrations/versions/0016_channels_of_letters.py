"""By which channel a letter goes, until when it should have left, and how each customer is reached."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appointments", sa.Column("reached_by", sa.Text(), nullable=False, server_default="mail"))
    op.add_column("outbox", sa.Column("channel", sa.Text(), nullable=False, server_default="mail"))
    op.add_column("outbox", sa.Column("leave_by", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_outbox_state_next_at", "outbox")
    op.create_index(
        "ix_outbox_channel_state_next_at", "outbox", ["channel", "state", "next_at"], unique=False
    )
