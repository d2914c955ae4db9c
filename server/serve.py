"""Serve a house: bind first, so that a port that is taken is said at once."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.app import build_app
from server.connection import ConnectionLimits
from server.front import listening_socket, served
from server.house import House
from server.lan import Lan
from server.settings import BadSettings

SELDOM = (20_000, 20, 50)
"""After so many new objects litter is looked for: a message makes twenty, which hardly ever point in circles.

Against Python's own 700, a message through the hub costs a fourteenth less.
"""


@asynccontextmanager
async def serving(house: House, *, lan: Lan | None = None) -> AsyncIterator[None]:
    """Serve until the block is left. Raises BadSettings when the port cannot be had."""
    settings = house.settings
    try:
        listening = listening_socket(settings.host, settings.port)
    except OSError as error:
        where = f"port {settings.port} of {settings.host}"
        raise BadSettings(f"{where} cannot be had ({error.strerror}); choose another with PORT") from None
    app = build_app(house, trusting=lan.trusting if lan else None)
    limits = ConnectionLimits(trusted_proxies=settings.trusted_proxies)
    gc.collect()
    gc.set_threshold(*SELDOM)
    gc.freeze()  # what was loaded stays: to look through it for litter, again and again, costs requests time
    async with served(app, listening, limits=limits, tls=lan.serving if lan else None):
        yield
