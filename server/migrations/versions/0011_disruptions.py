"""Disruptions, and whom they concern."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "disruptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("offering_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("texts", JSON_VALUE, nullable=False),
        sa.Column("has_banner", sa.Boolean(), nullable=False),
        sa.Column("offers_moves", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("reminder_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("closure_ids", JSON_VALUE, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_disruptions_forward")),
        _reference("disruptions", "adviser_id", "staff"),
        _reference("disruptions", "team_id", "teams"),
        _reference("disruptions", "offering_id", "offerings"),
        _reference("disruptions", "made_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruptions")),
    )
    op.create_index(op.f("ix_disruptions_ends_at"), "disruptions", ["ends_at"], unique=False)
    op.create_table(
        "concerned",
        sa.Column("disruption_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        _reference("concerned", "disruption_id", "disruptions"),
        _reference("concerned", "appointment_id", "appointments", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("disruption_id", "appointment_id", name=op.f("pk_concerned")),
    )
    op.create_index(op.f("ix_concerned_appointment_id"), "concerned", ["appointment_id"], unique=False)
    op.create_index("ix_concerned_released_at", "concerned", ["released_at"], unique=False)


def _reference(table: str, column: str, to: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )
