"""`kohtaamo migrate`: bring the schema to the newest."""

import click

from server.migrate import migrate
from server.settings import read_settings


@click.command()
def command() -> None:
    """Bring the database's schema to the newest version; nothing to do is no error."""
    settings = read_settings()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.database)
