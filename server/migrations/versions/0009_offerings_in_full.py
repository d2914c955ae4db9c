"""What an admin says of an offering and of an adviser: rules, questions, texts, a picture."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")
STEP, HOLD = "900", "600"


def upgrade() -> None:
    for name, default in (("buffer_before", "0"), ("buffer_after", "0"), ("step", STEP), ("hold", HOLD)):
        op.add_column("offerings", sa.Column(name, sa.Integer(), nullable=False, server_default=default))
    op.add_column("offerings", sa.Column("daily_cap", sa.Integer(), nullable=True))
    op.add_column("offerings", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in ("prices", "terms", "questions", "advice"):
        op.add_column("offerings", sa.Column(name, JSON_VALUE, nullable=False, server_default="[]"))
    op.add_column("offerings", sa.Column("refill", JSON_VALUE, nullable=False, server_default="{}"))
    op.add_column("staff", sa.Column("texts", JSON_VALUE, nullable=False, server_default="[]"))
    op.add_column("staff", sa.Column("photo_id", sa.Uuid(), nullable=True))
