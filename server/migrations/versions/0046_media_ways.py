"""An offering says whether picture and sound go by the relay alone."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The release before goes by the setting, and writes nothing here.
    op.add_column("offerings", sa.Column("media_way", sa.Text(), nullable=False, server_default="as_set"))
