"""An offering says whether a customer who has not come is called in; so far everybody is."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offerings", sa.Column("calls_in", sa.Boolean(), nullable=False, server_default=sa.true()))
