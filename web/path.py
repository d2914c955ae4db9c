"""Ids in an address."""

from uuid import UUID

from aiohttp import web

from booking.errors import NotFound


def path_id(request: web.Request, name: str) -> UUID:
    """Read an id of the address. Raises booking's NotFound for what is none."""
    try:
        return UUID(request.match_info[name])
    except ValueError:
        raise NotFound from None
