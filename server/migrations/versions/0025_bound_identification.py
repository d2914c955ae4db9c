"""An identification is for a purpose, and for the certificate of one browser."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identifications") as table:
        table.alter_column("subject_key", existing_type=sa.LargeBinary(), nullable=True)
        table.add_column(sa.Column("purpose", sa.Text(), nullable=False, server_default="door"))
        table.add_column(sa.Column("fingerprint", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("identifications") as table:
        table.alter_column("purpose", existing_type=sa.Text(), server_default=None)
    # Attempts live ten minutes: whoever is at the bank during the upgrade begins again.
    op.drop_table("login_attempts")
    op.create_table(
        "login_attempts",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_login_attempts_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_login_attempts")),
    )
    op.create_index(
        op.f("ix_login_attempts_appointment_id"), "login_attempts", ["appointment_id"], unique=False
    )
    op.create_index(op.f("ix_login_attempts_expires_at"), "login_attempts", ["expires_at"], unique=False)
