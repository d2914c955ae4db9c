"""What a handler says of itself to the middlewares: the few exceptions to the strict rules."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import TypeVar
from weakref import WeakKeyDictionary

from aiohttp import web

HandlerT = TypeVar("HandlerT", bound=Callable[[web.Request], Awaitable[web.StreamResponse]])


class Mark(Enum):
    ANY_HOST = auto()
    """A balancer asks by address whether we live."""

    NO_CSRF = auto()
    """The secret stands in address or body, and no cookie opens anything; Origin is still checked."""

    UPLOAD = auto()
    """Reads its body by read_upload, which then checks the CSRF field itself."""


_MARKED: "WeakKeyDictionary[object, frozenset[Mark]]" = WeakKeyDictionary()


def marked(*marks: Mark) -> Callable[[HandlerT], HandlerT]:
    """Mark a handler: `@marked(Mark.UPLOAD)`."""

    def mark(handler: HandlerT) -> HandlerT:
        _MARKED[handler] = _MARKED.get(handler, frozenset()) | frozenset(marks)
        return handler

    return mark


def has_mark(request: web.Request, mark: Mark) -> bool:
    return mark in _MARKED.get(request.match_info.handler, frozenset())
