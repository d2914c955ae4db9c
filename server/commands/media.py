"""`kohtaamo media`: connection tests, in a process of their own."""

import click

from server.media import run
from server.media_client import socket_in
from server.settings import read_settings
from signalling.precall.running import TestLimits


@click.command()
def command() -> None:
    """Serve connection tests to `kohtaamo serve` over a socket in the data folder."""
    settings = read_settings()
    run(socket_in(settings.data), TestLimits(at_once=settings.connection_tests))
