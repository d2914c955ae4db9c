"""Who is told of which facts, and a notice with each fact that somebody asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# A fact and its notices are one statement of one transaction, on every path and for every program that writes
# facts. A queue that reads the facts by their numbers instead would skip those that are committed late.
NOTICES = """
    INSERT INTO notices
    (id, subscriber_id, appointment_id, offering_id, adviser_id, seq, kind, at, state, next_at, tries)
    SELECT {id}, s.id, a.id, a.offering_id, a.adviser_id, NEW.seq, NEW.kind, NEW.at, 'waiting', NEW.at, 0
    FROM subscriptions k
    JOIN subscribers s ON s.id = k.subscriber_id
    JOIN appointments a ON a.id = NEW.appointment_id
    WHERE k.kind = NEW.kind AND s.state <> 'stopped';
"""
SQLITE = (
    "CREATE TRIGGER facts_are_told AFTER INSERT ON facts "  # noqa: S608 - all of it is ours
    "WHEN EXISTS (SELECT 1 FROM subscriptions WHERE kind = NEW.kind) "
    f"BEGIN {NOTICES.format(id='lower(hex(randomblob(16)))')} END",
)
POSTGRESQL = (
    "CREATE FUNCTION tell_fact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"{NOTICES.format(id='gen_random_uuid()')} RETURN NULL; END $$",
    "CREATE TRIGGER facts_are_told AFTER INSERT ON facts FOR EACH ROW EXECUTE FUNCTION tell_fact()",
)


def upgrade() -> None:
    _create_subscribers()
    _create_notices()
    _create_attempts()
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def _create_subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("secret_made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_old_secret", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        _reference("subscriptions", "subscriber_id", "subscribers"),
        sa.PrimaryKeyConstraint("kind", "subscriber_id", name=op.f("pk_subscriptions")),
    )


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("offering_id", sa.Uuid(), nullable=True),
        sa.Column("adviser_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        _reference("notices", "subscriber_id", "subscribers"),
        _reference("notices", "appointment_id", "appointments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_subscriber_id_next_at", "notices", ["subscriber_id", "next_at"])
    op.create_index("ix_notices_subscriber_id_at", "notices", ["subscriber_id", "at"])
    op.create_index(op.f("ix_notices_appointment_id"), "notices", ["appointment_id"])
    op.create_index(op.f("ix_notices_at"), "notices", ["at"])


def _create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        _reference("attempts", "notice_id", "notices"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_notice_id"), "attempts", ["notice_id"])


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
