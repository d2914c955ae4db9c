"""Codes that are delivered to customers, and what lets them in while strong identification is down."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivered_codes",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_delivered_codes_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_delivered_codes_made_by_staff")),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_delivered_codes")),
    )
    op.create_index(op.f("ix_delivered_codes_expires_at"), "delivered_codes", ["expires_at"], unique=False)
    op.add_column("offerings", sa.Column("when_down", sa.Text(), nullable=False, server_default="nothing"))
    op.add_column("identifications", sa.Column("instead_of", sa.Text(), nullable=True))
