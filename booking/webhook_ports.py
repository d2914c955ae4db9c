"""The stores of who is told of facts, and of what they are told; `ports.py` has the others.

No verb writes notices: the facts' store makes them with each fact, for whoever asked for its kind.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.notice import Attempt, Logged, Notice, Tally
from booking.subscriber import State, Stopped, Subscriber


class Subscribers(Protocol):
    async def all(self) -> Sequence[Subscriber]:
        """Return all by name."""
        ...

    async def get(self, subscriber_id: UUID) -> Subscriber:
        """Raise NotFound when there is none."""
        ...

    async def locked(self, subscriber_id: UUID) -> Subscriber:
        """Return it for whoever changes it next. Raise NotFound when there is none."""
        ...

    async def add(self, subscriber: Subscriber, secret: str) -> None: ...

    async def change(self, subscriber: Subscriber) -> None:
        """Keep name, address, format, language and kinds."""
        ...

    async def put_in_state(self, subscriber_id: UUID, state: State, why: Stopped | None = None) -> None:
        """Tell it from now on, later, or not at all; what failed before counts no more."""
        ...

    async def replace_secret(self, subscriber_id: UUID, secret: str, *, at: datetime) -> None:
        """Sign by a new secret, and for a day by the one before too."""
        ...

    async def secrets(self, subscriber_id: UUID, *, now: datetime) -> Sequence[str]:
        """Return the secrets to sign by, the present one first. Raise NotFound when there is none."""
        ...

    async def remove(self, subscriber_id: UUID) -> None:
        """Take it away with its notices."""
        ...

    async def failed(self, subscriber_id: UUID, *, at: datetime) -> None:
        """Note since when nothing arrives, unless that is noted already."""
        ...

    async def answered(self, subscriber_id: UUID) -> None:
        """Note that something has arrived."""
        ...

    async def wait(self, subscriber_id: UUID, *, until: datetime) -> None:
        """Tell it nothing before a moment, unless it waits for longer already."""
        ...


class Notices(Protocol):
    async def add(self, notice: Notice) -> None: ...

    async def due(self, now: datetime) -> Sequence[UUID]:
        """Return the subscribers for whom something can be claimed perhaps."""
        ...

    async def under_way(self, subscriber_id: UUID, now: datetime) -> int:
        """Return how many are claimed, by whichever process, and have not run out."""
        ...

    async def claim(
        self, subscriber_id: UUID, now: datetime, until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Take what is due for a subscriber, the oldest first, for nobody else until a moment.

        What a notice tells comes after what an earlier one of the same appointment tells, unless that
        has been tried in vain. Counts as a try.
        """
        ...

    async def mark_delivered(self, notice_id: UUID, attempt: Attempt) -> None: ...

    async def mark_failed(self, notice_id: UUID, attempt: Attempt) -> None:
        """Give it up."""
        ...

    async def retry_at(self, notice_id: UUID, attempt: Attempt, at: datetime) -> None: ...

    async def replay(self, subscriber_id: UUID, notice_id: UUID, *, now: datetime) -> bool:
        """Tell one that is done with once more; return whether there was one."""
        ...

    async def replay_failed(self, subscriber_id: UUID, *, since: datetime, now: datetime) -> int:
        """Tell once more what failed and was about what happened since then; return how many."""
        ...

    async def log(
        self, subscriber_id: UUID, *, only_failed: bool = False, before: datetime | None = None, limit: int
    ) -> Sequence[Logged]:
        """Return the last notices with their tries, the newest first."""
        ...

    async def tallies(self) -> Mapping[UUID, Tally]:
        """Return for each subscriber that has notices how many stand where."""
        ...
