"""One call of the API: how it is routed, and how it is described."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method and a path with its models; `summary` is marked by `N_`, `refusals` are statuses and names."""

    method: str
    path: str
    handler: Handler
    summary: str
    scope: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    refusals: tuple[tuple[int, str], ...] = ()

    @property
    def route(self) -> web.RouteDef:
        return web.route(self.method, self.path, self.handler)
