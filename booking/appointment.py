"""A booked slot: who comes when, to whom, and where it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Literal, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.contact import dialled, mailbox_key
from booking.letter import Channel
from booking.outcome import Outcome
from booking.source import DROP_IN
from booking.time_span import TimeSpan


class Status(StrEnum):
    """Where an appointment stands; what it came to is its outcome."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    CLOSED = "closed"


LIVE = frozenset({Status.BOOKED, Status.ARRIVED})
"""The statuses in which an appointment holds its adviser's time."""


ReachedBy: TypeAlias = Literal["mail", "sms", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who booked, as they said; the language is a code in which they are written to.

    `reached_by` is how they wish to be written to, as far as there is an address for it.
    """

    name: str
    email: str
    phone: str = ""
    language: str = "fi"
    reached_by: ReachedBy = "mail"

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Return the ways by which letters go: as wished, else as can be; none when no address is known."""
        known = ((Channel.MAIL, self.email), (Channel.SMS, self.phone))
        possible = tuple(channel for channel, address in known if address)
        return tuple(one for one in possible if self.reached_by in (one, "both")) or possible

    def address(self, channel: Channel) -> str:
        """Return where a letter goes by a channel; empty when there is no such address."""
        return self.email if channel is Channel.MAIL else self.phone

    @property
    def email_key(self) -> str:
        """Return the e-mail address as it is compared: in whatever capitals it was written."""
        return mailbox_key(self.email)

    @property
    def phone_key(self) -> str:
        """Return the phone number as it is compared: its digits, with the country's."""
        return dialled(self.phone)

    @property
    def key(self) -> bytes | None:
        """Return what makes two bookings one person's: the name with the e-mail address, or else the phone.

        Families share an address, and namesakes exist; who left neither address nor phone is known by none.
        """
        reached_at = self.email_key or self.phone_key
        if not reached_at:
            return None
        return sha256("\n".join((reached_at, *self.name.split())).casefold().encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booked slot.

    `zone` and `wall_start` (ISO 8601 without offset) keep what was promised on the customer's wall clock,
    since the rules of zones change. The buffers are the adviser's time around it, as they were when it was
    booked. `sequence` counts changes of time. `confirmed_at` is when the customer last said that
    they are coming.
    """

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    span: TimeSpan
    zone: str
    wall_start: str
    customer: Customer
    booked_at: datetime
    buffer_before: timedelta = timedelta(0)
    buffer_after: timedelta = timedelta(0)
    status: Status = Status.BOOKED
    sequence: int = 0
    confirmed_at: datetime | None = None
    source: str = ""
    outcome: Outcome | None = None

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def busy(self) -> TimeSpan:
        """The adviser's time that it takes."""
        return TimeSpan(self.span.start - self.buffer_before, self.span.end + self.buffer_after)

    @property
    def is_drop_in(self) -> bool:
        """Tell whether it came by the queue, without a time of its customer's choosing."""
        return self.source == DROP_IN

    def door_opens_at(self, door_opens: timedelta) -> datetime:
        """Return when its customer may come in: who came by the queue, at once."""
        opens = self.span.start - door_opens
        return min(opens, self.booked_at) if self.is_drop_in else opens


def wall_time(moment: datetime, zone: str) -> str:
    """Return the wall time that is promised, ISO 8601 without an offset, to the minute."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
