"""Hours by offering, hours of single days, and time in which nothing can be booked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    # Both databases take this, and SQLite only this: alembic would add the key in a second statement.
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "CHAR(32)"
    op.execute(
        f"ALTER TABLE weekly_hours ADD COLUMN offering_id {kind} "
        "CONSTRAINT fk_weekly_hours_offering_id_offerings REFERENCES offerings (id)"
    )
    op.create_table(
        "day_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("offering_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stretches", JSON_VALUE, nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_day_hours_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_day_hours_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_hours")),
    )
    op.create_index("ix_day_hours_adviser_id_day", "day_hours", ["adviser_id", "day"], unique=False)
    op.create_table(
        "closures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=True),
        sa.Column("offering_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_closures_forward")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_closures_adviser_id_staff")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_closures_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(op.f("ix_closures_ends_at"), "closures", ["ends_at"], unique=False)
