"""The contract of a channel: the way by which letters travel.

A plug-in is an entry point of the group `kohtaamo.channel` that names a factory
`create(context: ChannelContext) -> Sender | None`; None says that the settings do not ask for it. It
imports this module and `letter`, and nothing else of ours.
"""

from dataclasses import dataclass
from typing import Protocol

from server.notify.letter import Letter

ENTRY_POINTS = "kohtaamo.channel"


class DeliveryFailed(Exception):
    """The letter did not go out; `permanent` says whether trying again is of no use.

    `why` is for operators and names no person.
    """

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent


class Sender(Protocol):
    """What speaks to the other side of a channel; each channel has one."""

    @property
    def name(self) -> str:
        """The channel, as statistics and the outbox call it: `mail` or `sms`."""
        ...

    async def deliver(self, letter: Letter) -> None:
        """Send, and return when the other side has taken it. Raises DeliveryFailed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelContext:
    """What a channel is given at the start."""

    smtp_url: str
    sender: str
    sender_name: str
