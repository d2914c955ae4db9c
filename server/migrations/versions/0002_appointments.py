"""Appointments, whose time no two can share, and their links."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offering_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("wall_start", sa.Text(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("customer_email", sa.Text(), nullable=False),
        sa.Column("customer_phone", sa.Text(), nullable=False),
        sa.Column("customer_language", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_rules_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('booked', 'arrived', 'cancelled', 'closed')", name=op.f("ck_appointments_status")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointments_forward")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_appointments_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_appointments_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(
        "ix_appointments_adviser_id_starts_at", "appointments", ["adviser_id", "starts_at"], unique=False
    )
    op.create_index(op.f("ix_appointments_starts_at"), "appointments", ["starts_at"], unique=False)
    op.create_index("ix_appointments_status_ends_at", "appointments", ["status", "ends_at"], unique=False)
    op.create_table(
        "cells",
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column(
            "cell", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_cells_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_cells_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("adviser_id", "cell", name=op.f("pk_cells")),
    )
    op.create_index(op.f("ix_cells_appointment_id"), "cells", ["appointment_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_links_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_appointment_id"), "links", ["appointment_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        # The second net behind the cells: btree_gist is a trusted extension, the database's owner may add it.
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            "ALTER TABLE appointments ADD CONSTRAINT ex_appointments_no_overlap "
            "EXCLUDE USING gist (adviser_id WITH =, tstzrange(starts_at, ends_at) WITH &&) "
            "WHERE (status IN ('booked', 'arrived'))"
        )
