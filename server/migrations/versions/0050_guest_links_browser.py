"""The one browser that may come by a link to a meeting under way, where it is bound to one."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("guest_links", sa.Column("browser", sa.LargeBinary(), nullable=True))
