"""Offerings that can be met without a time, and whose desk is open for it."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offerings", sa.Column("drop_in", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "at_desk",
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("felt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_at_desk_adviser_id_staff")),
        sa.PrimaryKeyConstraint("adviser_id", name=op.f("pk_at_desk")),
    )
