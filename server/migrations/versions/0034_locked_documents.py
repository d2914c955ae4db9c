"""A document may be locked to how surely somebody is identified."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The release before knows no locks and writes none.
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("lock", sa.Text(), nullable=False, server_default="none"))
