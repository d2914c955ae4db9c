"""`kohtaamo migrate`: bring the schema to the newest."""

import click

from server.house import open_house
from server.migrate import migrate
from server.settings import read_settings


@click.command()
def command() -> None:
    """Bring the database's schema to the newest version; nothing to do is no error."""
    settings = read_settings()
    open_house(settings)  # refuses a folder or a database that cannot be; nothing is opened yet
    migrate(settings.database)
