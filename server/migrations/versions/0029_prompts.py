"""Prompts on other devices that browsers wait for."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prompts",
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("ask_again_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["state_hash"],
            ["login_attempts.state_hash"],
            name=op.f("fk_prompts_state_hash_login_attempts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("browser_hash", name=op.f("pk_prompts")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_prompts_state_hash")),
    )
