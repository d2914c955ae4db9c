"""Run the revisions on the connection that `server.migrate` hands over."""

from alembic import context

import server.database.unit  # noqa: F401  # brings every table into the metadata
from server.database.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
