"""Who waits for an earlier time, the slots that were freed, and what was offered to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_waitlist()
    _create_freed_slots()
    _create_offers()
    op.add_column("outbox", sa.Column("offer_id", sa.Uuid(), nullable=True))


def _create_waitlist() -> None:
    op.create_table(
        "waitlist",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("same_adviser", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_waitlist_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_waitlist")),
    )
    op.create_index(op.f("ix_waitlist_since"), "waitlist", ["since"], unique=False)


def _create_freed_slots() -> None:
    op.create_table(
        "freed_slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offering_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("freed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_freed_slots_forward")),
        sa.CheckConstraint("state IN ('open', 'claimed', 'over')", name=op.f("ck_freed_slots_state")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_freed_slots_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_freed_slots_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_freed_slots_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freed_slots")),
    )
    op.create_index(op.f("ix_freed_slots_appointment_id"), "freed_slots", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_freed_slots_starts_at"), "freed_slots", ["starts_at"], unique=False)
    op.create_index("ix_freed_slots_state_look_at", "freed_slots", ["state", "look_at"], unique=False)


def _create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("freed_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_offers_forward")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_offers_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_offers_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["freed_id"],
            ["freed_slots.id"],
            name=op.f("fk_offers_freed_id_freed_slots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_offers_token_hash")),
    )
    op.create_index(op.f("ix_offers_freed_id"), "offers", ["freed_id"], unique=False)
    op.create_index(
        "ix_offers_appointment_id_offered_at", "offers", ["appointment_id", "offered_at"], unique=False
    )
    op.create_index("ix_offers_state_expires_at", "offers", ["state", "expires_at"], unique=False)
