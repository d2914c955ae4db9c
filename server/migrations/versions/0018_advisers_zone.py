"""An adviser has a wall clock of their own: so far the one that their hours were written by."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FROM_HOURS = """
    UPDATE staff SET zone = (
        SELECT min(weekly_hours.zone) FROM weekly_hours WHERE weekly_hours.adviser_id = staff.id
    )
"""


def upgrade() -> None:
    op.add_column("staff", sa.Column("zone", sa.Text(), nullable=True))
    op.execute(FROM_HOURS)
