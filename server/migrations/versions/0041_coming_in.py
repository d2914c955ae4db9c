"""Who is coming in and does not wait yet, and links for those who help them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "approaches",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("arrival", _JSON, nullable=False),
        sa.Column("said", _JSON, nullable=True),
        sa.Column("help", sa.Text(), nullable=True),
        _to_appointments("approaches"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_approaches")),
    )
    op.create_table(
        "helper_links",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _to_appointments("helper_links"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_helper_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_helper_links_token_hash")),
    )


def _to_appointments(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_appointment_id_appointments")
    return sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], name=name, ondelete="CASCADE")
