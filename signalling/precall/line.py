"""Who waits for a practice, in the order in which they came."""

from secrets import token_urlsafe

FORGOTTEN_SECONDS = 12.0
"""Who has not been felt for so long has gone, and those behind move up."""
WAITING_MOST = 500
"""Tickets cost a few bytes, and nobody may fill the memory with them."""


class Line:
    """Tickets with the moment when each was last shown."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def stand(self, ticket: str | None, now: float) -> str:
        """Take a place at the end, or keep the one that one has."""
        self._forget(now)
        if ticket not in self._seen:
            ticket = token_urlsafe(12)
        if ticket in self._seen or len(self._seen) < WAITING_MOST:
            self._seen[ticket] = now
        return ticket

    def ahead(self, ticket: str | None, now: float) -> int:
        """Count who stands before a ticket; before somebody without one stand all."""
        self._forget(now)
        tickets = list(self._seen)
        return tickets.index(ticket) if ticket in self._seen else len(tickets)

    def leave(self, ticket: str | None) -> None:
        self._seen.pop(ticket or "", None)

    def _forget(self, now: float) -> None:
        for ticket in [one for one, seen in self._seen.items() if now - seen > FORGOTTEN_SECONDS]:
            del self._seen[ticket]
