"""Who was identified long ago is found without reading everybody."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_identifications_at", "identifications", ["at"], unique=False)
    op.create_index("ix_persons_last_identified_at", "persons", ["last_identified_at"], unique=False)
