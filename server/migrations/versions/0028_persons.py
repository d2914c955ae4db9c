"""Customers who were identified, their personal code sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BOUND = "fk_identifications_bindings"


def upgrade() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_identified_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("subject_key", name=op.f("uq_persons_subject_key")),
    )
    op.create_index(op.f("ix_persons_key_version"), "persons", ["key_version"], unique=False)
    op.create_index(op.f("ix_bindings_subject_key"), "bindings", ["subject_key"], unique=False)
    with op.batch_alter_table("identifications") as table:
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_identifications_person_id_persons"), "persons", ["person_id"], ["id"]
        )
        # A binding that is given a new key takes its identifications along.
        table.drop_constraint(BOUND, type_="foreignkey")
        table.create_foreign_key(
            BOUND,
            "bindings",
            ["appointment_id", "subject_key"],
            ["appointment_id", "subject_key"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        )
    op.create_index(op.f("ix_identifications_person_id"), "identifications", ["person_id"], unique=False)
