"""Wishes for lost links, and the advisers' calendar addresses, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.link_request import LinkRequest
from identity.errors import NotFound
from tests.memory.state import State, Wished


class MemoryLinkRequests:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, request: LinkRequest) -> None:
        self._state.link_requests[request.id] = Wished(request)

    async def take(self, *, limit: int, now: datetime) -> Sequence[LinkRequest]:
        waiting = [one.request for one in self._state.link_requests.values() if one.handled_at is None]
        taken = sorted(waiting, key=lambda one: (one.at, one.id))[:limit]
        for request in taken:
            self._state.link_requests[request.id] = Wished(request, handled_at=now)
        return taken

    async def mark_answered(self, request_id: UUID) -> None:
        wished = self._state.link_requests[request_id]
        self._state.link_requests[request_id] = replace(wished, is_answered=True)

    async def count_answered(
        self, *, email: str | None = None, address: bytes | None = None, since: datetime
    ) -> int:
        answered = [one.request for one in self._state.link_requests.values() if one.is_answered]
        return sum(
            one.at > since and email in (None, one.email) and address in (None, one.address)
            for one in answered
        )


class MemoryCalendarFeeds:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, staff_id: UUID, token_hash: bytes, *, at: datetime) -> None:
        self._state.calendar_feeds[staff_id] = (token_hash, at)

    async def find(self, token_hash: bytes) -> UUID:
        for staff_id, (known, _) in self._state.calendar_feeds.items():
            if known == token_hash:
                return staff_id
        raise NotFound

    async def made_at(self, staff_id: UUID) -> datetime | None:
        return self._state.calendar_feeds.get(staff_id, (b"", None))[1]

    async def remove(self, staff_id: UUID) -> None:
        if staff_id in self._state.calendar_feeds:
            del self._state.calendar_feeds[staff_id]
