"""Holds, buffers and the customer's own time: all three stand in cells, as appointments do."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CELL_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offering_id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_holds_forward")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_holds_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_holds_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_until"), "holds", ["until"], unique=False)
    op.create_index("ix_holds_adviser_id_starts_at", "holds", ["adviser_id", "starts_at"], unique=False)
    _open_cells_to_holds()
    op.create_table(
        "customer_cells",
        sa.Column("customer_key", sa.LargeBinary(), nullable=False),
        sa.Column("cell", CELL_NUMBER, autoincrement=False, nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_customer_cells_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_key", "cell", name=op.f("pk_customer_cells")),
    )
    op.create_index(
        op.f("ix_customer_cells_appointment_id"), "customer_cells", ["appointment_id"], unique=False
    )
    _take_customers_time()
    for name in ("buffer_before", "buffer_after"):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("appointments", column)
    op.create_index(op.f("ix_appointments_customer_email"), "appointments", ["customer_email"], unique=False)


def _take_customers_time() -> None:
    """Give the customers of live appointments their cells; where two overlap, the first one counts."""
    connection = op.get_bind()
    live = sa.text(
        "SELECT a.id, a.customer_name, a.customer_email, a.customer_phone, c.cell "
        "FROM appointments a JOIN cells c ON c.appointment_id = a.id ORDER BY a.booked_at, c.cell"
    )
    taken = sa.text(
        "INSERT INTO customer_cells (customer_key, cell, appointment_id) VALUES (:key, :cell, :id) "
        "ON CONFLICT DO NOTHING"
    )
    for row in connection.execute(live).all():
        reached_at = row.customer_email or row.customer_phone
        known_by = "\n".join((reached_at, *row.customer_name.split())).casefold()
        values = {"key": sha256(known_by.encode()).digest(), "cell": row.cell, "id": row.id}
        if reached_at:
            connection.execute(taken, values)


def _open_cells_to_holds() -> None:
    """A cell is an appointment's or a hold's; SQLite cannot loosen a column, so the table is made anew."""
    op.rename_table("cells", "cells_before")
    if op.get_bind().dialect.name == "postgresql":
        for name in (
            "CONSTRAINT pk_cells TO pk_cells_before",
            "CONSTRAINT fk_cells_adviser_id_staff TO fk_cells_before_adviser",
            "CONSTRAINT fk_cells_appointment_id_appointments TO fk_cells_before_appointment",
        ):
            op.execute(f"ALTER TABLE cells_before RENAME {name}")
    op.drop_index("ix_cells_appointment_id", table_name="cells_before")
    op.create_table(
        "cells",
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("cell", CELL_NUMBER, autoincrement=False, nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(appointment_id IS NULL) <> (hold_id IS NULL)", name=op.f("ck_cells_owner")),
        sa.CheckConstraint("(hold_id IS NULL) = (held_until IS NULL)", name=op.f("ck_cells_held")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_cells_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_cells_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["holds.id"], name=op.f("fk_cells_hold_id_holds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("adviser_id", "cell", name=op.f("pk_cells")),
    )
    op.execute(
        "INSERT INTO cells (adviser_id, cell, appointment_id) "
        "SELECT adviser_id, cell, appointment_id FROM cells_before"
    )
    op.drop_table("cells_before")
    op.create_index(op.f("ix_cells_appointment_id"), "cells", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_cells_hold_id"), "cells", ["hold_id"], unique=False)
