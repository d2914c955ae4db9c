"""The contract of a channel: the way by which letters travel.

A plug-in is an entry point of the group `kohtaamo.channel` that names a factory
`create(context: ChannelContext) -> Sender | None`; None says that the settings do not ask for it. It
imports this module and `letter`, and nothing else of ours.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from server.notify.letter import Letter
from server.notify.return_address import ReturnAddress

ENTRY_POINTS = "kohtaamo.channel"

SEND_WITHIN = 45
"""Seconds in which a letter is taken, or is in doubt: less than a sender's lease lasts."""


class DeliveryFailed(Exception):
    """The letter did not go out; `permanent` says whether trying again is of no use.

    `why` is for operators and names no person. `wait` is how long the other side asks to be left alone.
    """

    def __init__(self, why: str, *, permanent: bool, wait: timedelta | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent
        self.wait = wait


class ChannelAway(DeliveryFailed):
    """The other side cannot be reached or lets nobody in: no letter's fault, and all of them wait."""

    def __init__(self, why: str) -> None:
        super().__init__(why, permanent=False)


class DeliveryUnsure(Exception):
    """The letter was handed over whole, and no answer came: nobody knows whether it went out.

    `why` is for operators and names no person.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Sender(Protocol):
    """What speaks to the other side of a channel; each channel has one."""

    @property
    def name(self) -> str:
        """The channel, as statistics and the outbox call it: `mail` or `sms`."""
        ...

    async def deliver(self, letter: Letter) -> None:
        """Send, and return when the other side has taken it.

        Raises DeliveryFailed when it surely has not, ChannelAway, a kind of it, when nothing can leave by
        this channel now, and DeliveryUnsure when nobody knows.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayContext:
    """How a gateway for text messages is spoken to; `countries` are the codes that are written to, or all.

    `callback` is where it tells what became of a message, empty where nobody listens. Who `honours_key`
    sends no second copy of a key.
    """

    url: str
    method: str
    headers: str
    body: str
    sender: str
    callback: str
    honours_key: bool
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelContext:
    """What a channel is given at the start."""

    smtp_url: str
    sender: str
    sender_name: str
    smtp_ca: str = ""
    returns: ReturnAddress | None = None
    gateway: GatewayContext | None = None
