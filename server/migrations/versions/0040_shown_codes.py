"""An offering says whether advisers see the personal identity code."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The release before shows it and writes nothing here.
    op.add_column(
        "offerings", sa.Column("shows_code", sa.Boolean(), nullable=False, server_default=sa.true())
    )
