"""One call of the API: how it is routed, and how it is described."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel

from web.rights import Scope, needs_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method and a path with its models; `summary` is marked by `N_`, `refusals` are statuses and names."""

    method: str
    path: str
    handler: Handler
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    refusals: tuple[tuple[int, str], ...] = ()

    @property
    def scope(self) -> str:
        """Return what a key must be good for, as the table of rights says."""
        needs = needs_of(self.method, self.path)
        return needs.name if isinstance(needs, Scope) else ""

    @property
    def route(self) -> web.RouteDef:
        return web.route(self.method, self.path, self.handler)
