"""The history of appointments, which is never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")

# A row goes only with its whole appointment, which is gone by the time that the cascade comes here.
SQLITE = (
    "CREATE TRIGGER facts_stay_as_they_are BEFORE UPDATE ON facts "
    "BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END",
    "CREATE TRIGGER facts_stay BEFORE DELETE ON facts "
    "WHEN EXISTS (SELECT 1 FROM appointments WHERE id = OLD.appointment_id) "
    "BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION refuse_changed_fact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN "
    "IF NOT EXISTS (SELECT 1 FROM appointments WHERE id = OLD.appointment_id) THEN RETURN OLD; END IF; "
    "END IF; RAISE EXCEPTION 'a fact is never changed or removed'; END $$",
    "CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE ON facts "
    "FOR EACH ROW EXECUTE FUNCTION refuse_changed_fact()",
    "CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON facts "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_changed_fact()",
)


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("detail", JSON_VALUE, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_facts_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", "seq", name=op.f("pk_facts")),
    )
    op.create_index("ix_facts_kind_at", "facts", ["kind", "at"], unique=False)
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
