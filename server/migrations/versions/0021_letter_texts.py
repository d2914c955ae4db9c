"""The words of letters are written by admins too, who have an address for letters on trial."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "letter_texts",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("offering_id", sa.Uuid(), nullable=True),
        sa.Column("words", JSON_VALUE, nullable=False),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offerings.id"], name=op.f("fk_letter_texts_offering_id_offerings")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_letter_texts")),
        sa.UniqueConstraint(
            "kind",
            "language",
            "channel",
            "offering_id",
            name=op.f("uq_letter_texts_kind_language_channel_offering_id"),
        ),
    )
    op.add_column("staff", sa.Column("email", sa.Text(), nullable=True))
