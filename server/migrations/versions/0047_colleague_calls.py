"""Who is asked to go on in a meeting under way."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "colleague_calls",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("colleague_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_colleague_calls_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["colleague_id"], ["staff.id"], name=op.f("fk_colleague_calls_colleague_id_staff")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_colleague_calls_asked_by_staff")),
        sa.PrimaryKeyConstraint("appointment_id", "colleague_id", name=op.f("pk_colleague_calls")),
    )
    op.create_index(op.f("ix_colleague_calls_colleague_id"), "colleague_calls", ["colleague_id"])
