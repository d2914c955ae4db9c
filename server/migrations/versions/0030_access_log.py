"""Who looked at what is a customer's, chained."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TRIGGER looks_stay_as_they_are BEFORE UPDATE ON access_log WHEN OLD.place IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a chained look is never changed'); END",
    "CREATE TRIGGER looks_stay BEFORE DELETE ON access_log "
    "BEGIN SELECT RAISE(ABORT, 'a look is never removed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION refuse_changed_look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' AND OLD.place IS NULL THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'a look is never changed or removed'; END $$",
    "CREATE TRIGGER looks_stay BEFORE UPDATE OR DELETE ON access_log "
    "FOR EACH ROW EXECUTE FUNCTION refuse_changed_look()",
    "CREATE TRIGGER looks_stay_all BEFORE TRUNCATE ON access_log "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_changed_look()",
)
INDEXES = (
    ("appointment_id", "number"),
    ("person_id", "number"),
    ("viewer_id", "number"),
    ("thing_id", "at"),
)


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewer", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=True),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_access_log")),
        sa.UniqueConstraint("place", name=op.f("uq_access_log_place")),
    )
    for columns in INDEXES:
        op.create_index(f"ix_access_log_{columns[0]}", "access_log", list(columns), unique=False)
    op.create_table(
        "access_log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log_head")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
