"""Each figure on both databases."""

from tests.contracts.databases import database_url, postgres_template, sqlite_template
from tests.instances.smtp import mailbox

__all__ = ["database_url", "mailbox", "postgres_template", "sqlite_template"]
