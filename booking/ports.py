"""What booking asks of the house: a unit of work with its stores.

Every store method runs inside the unit's one transaction. Reads see the unit's own writes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.adviser import Adviser
from booking.afterword import Afterwords
from booking.appointment import Appointment, Customer
from booking.approach import Approaches
from booking.at_desk import AdvisersAtDesk
from booking.attendance import Attended
from booking.availability import Openings
from booking.calendar_ports import Calendar, Holds, Hours
from booking.catalogue import Catalogue
from booking.colleague_call import ColleagueCalls
from booking.disruption_ports import Disruptions
from booking.fact import Fact
from booking.guest_link import GuestLinks
from booking.helper_link import HelperLinks
from booking.invitation import HandedOver, Invitation
from booking.letter import LetterDue
from booking.letter_text import LetterTexts
from booking.link_request import LinkRequest
from booking.message import Messages, StoppedNumbers
from booking.note import Notes
from booking.offering import Offering
from booking.question import Answer
from booking.queue_figures import Queued
from booking.refill_ports import FreedSlots, Offers, Waitlist
from booking.reminder import Reminder
from booking.time_span import TimeSpan
from booking.waiting_room import WaitingRooms
from booking.wording import Wordings


class Offerings(Protocol):
    async def get(self, offering_id: UUID) -> Offering:
        """Raise NotFound when there is none."""
        ...

    async def all(self) -> Sequence[Offering]:
        """Return the offerings in the order in which they are shown."""
        ...


class Advisers(Protocol):
    async def get(self, adviser_id: UUID) -> Adviser:
        """Raise NotFound when there is none."""
        ...

    async def of_offering(self, offering_id: UUID) -> Sequence[Adviser]:
        """Return who meets customers of an offering, by name."""
        ...

    async def ids_of_offering(self, offering_id: UUID) -> Sequence[UUID]:
        """Return the ids alone of the same."""
        ...

    async def all(self) -> Sequence[Adviser]: ...

    async def openings(
        self, offering_id: UUID, within: TimeSpan, *, adviser_id: UUID | None = None
    ) -> Openings:
        """Return what says when everybody who meets customers of an offering is there inside a span.

        With an adviser, it may say no more than when they are.
        """
        ...


class Appointments(Protocol):
    async def add(self, appointment: Appointment, *, now: datetime) -> None:
        """Keep a new appointment, its adviser's cells and its customer's.

        Raises SlotTaken when a cell is somebody else's, OwnOverlap when the customer has no time.
        """
        ...

    async def change(self, appointment: Appointment, *, now: datetime) -> None:
        """Keep all of an appointment anew; cells follow: those of its time when live, else none.

        Raises what `add` raises.
        """
        ...

    async def get(self, appointment_id: UUID) -> Appointment:
        """Raise NotFound when there is none."""
        ...

    async def of_ids(self, ids: Collection[UUID]) -> Mapping[UUID, Appointment]:
        """Return those that there are, however many are asked for."""
        ...

    async def locked(self, appointment_id: UUID) -> Appointment:
        """Return it, and keep everybody else from changing it until the unit ends."""
        ...

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> Sequence[Appointment]:
        """Return those that touch a span, cancelled ones too, the earliest first."""
        ...

    async def ahead_of(self, email: str, *, now: datetime) -> Sequence[Appointment]:
        """Return the live ones of an e-mail address in any capitals that have not ended, earliest first."""
        ...

    async def all_ahead_of(self, customer: Customer, *, now: datetime) -> Sequence[Appointment]:
        """Return those of a customer's address or phone; others who ask for the same wait for this unit."""
        ...

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> Sequence[Appointment]:
        """Return all that start in a span, the earliest first."""
        ...

    async def live_within(self, within: TimeSpan) -> Sequence[Appointment]:
        """Return the live ones that start in a span, the earliest first."""
        ...

    async def waiting_for_call(self, now: datetime) -> Sequence[Appointment]:
        """Return the live ones that have not ended, and whose customers asked for a call that nobody made."""
        ...

    async def live(self, before: datetime) -> Sequence[Appointment]:
        """Return the live ones that start before a moment, the earliest first."""
        ...

    async def to_close(self, now: datetime) -> Sequence[UUID]:
        """Return those still live whose end and grace have passed, or which were ended."""
        ...


class Links(Protocol):
    async def make(self, appointment_id: UUID) -> str:
        """Make the customer's personal link: 128 random bits, of which only a hash can be looked up."""
        ...

    async def token(self, appointment_id: UUID) -> str:
        """Return the link's token again, for a letter. Raises NotFound when it was revoked."""
        ...

    async def appointment(self, token: str) -> Appointment:
        """Raise NotFound for a token that is unknown or revoked."""
        ...


class LinkRequests(Protocol):
    async def add(self, request: LinkRequest) -> None: ...

    async def take(self, *, limit: int, now: datetime) -> Sequence[LinkRequest]:
        """Return what nobody has handled, the oldest first; from then on it is handled."""
        ...

    async def mark_answered(self, request_id: UUID) -> None: ...

    async def count_answered(
        self, *, email: str | None = None, address: bytes | None = None, since: datetime
    ) -> int:
        """Count those asked for after a moment and answered, that fit what is given."""
        ...


class Invitations(Protocol):
    async def make(self, invitation: Invitation) -> str:
        """Keep it, and return its token: 128 random bits, of which only a hash can be looked up."""
        ...

    async def get(self, invitation_id: UUID) -> Invitation:
        """Raise NotFound when there is none."""
        ...

    async def by_token(self, token: str) -> Invitation:
        """Return it whatever its standing. Raise NotFound for a token that is unknown."""
        ...

    async def of_team(self, team_id: UUID) -> Sequence[HandedOver]:
        """Return those that a team's staff have made, the newest first."""
        ...

    async def use(self, invitation_id: UUID, appointment_id: UUID, *, at: datetime) -> None:
        """Write down what was booked by it. Raise InvitationOver unless it is open: one of many wins."""
        ...

    async def revoke(self, invitation_id: UUID, *, at: datetime) -> None:
        """Close it, if it has not been used meanwhile."""
        ...


class Intakes(Protocol):
    async def add(
        self, appointment_id: UUID, answers: Sequence[Answer], *, terms: str, language: str
    ) -> None:
        """Keep what was answered, and the terms as they were shown."""
        ...

    async def answers(self, appointment_id: UUID) -> Sequence[Answer]: ...

    async def answers_of_many(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Answer]]:
        """Return the answers of those appointments that have any."""
        ...

    async def terms(self, appointment_id: UUID) -> str:
        """Return the terms that were shown; empty when there were none."""
        ...


class Facts(Protocol):
    async def append(self, fact: Fact) -> None: ...

    async def of(self, appointment_id: UUID) -> Sequence[Fact]:
        """Return an appointment's history in order."""
        ...

    async def of_many(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]: ...


class Reminders(Protocol):
    async def add(self, reminders: Collection[Reminder]) -> None: ...

    async def drop(self, appointment_id: UUID) -> None:
        """Forget what is still ahead of an appointment."""
        ...

    async def take_due(self, now: datetime, *, limit: int) -> Sequence[Reminder]:
        """Return and forget what has fallen due, the oldest first; nobody else gets the same."""
        ...

    async def ahead(self, until: datetime) -> Sequence[Reminder]:
        """Return what falls due before a moment, the soonest first."""
        ...


class Outbox(Protocol):
    async def put(self, letter: LetterDue, *, at: datetime) -> None: ...

    async def on_their_way(self, until: datetime) -> Sequence[tuple[datetime, LetterDue]]:
        """Return the letters that nobody has sent yet, with the moment before another at which one tries."""
        ...


class AttendanceCounts(Protocol):
    async def attended(self, within: TimeSpan) -> Sequence[Attended]:
        """Return a line for each appointment that starts in a span."""
        ...

    async def ways_in(self, within: TimeSpan) -> Sequence[Sequence[Fact]]:
        """Return the facts of `hindrance.ON_THE_WAY_IN` of each appointment that starts in a span."""
        ...

    async def looked_back(self, within: TimeSpan) -> Sequence[Fact]:
        """Return the facts `wrapped_up` of those in it, in order."""
        ...

    async def held(self, within: TimeSpan) -> Sequence[Sequence[Fact]]:
        """Return of each meeting in it that was held the facts of `feedback.SAID`, in order; maybe none."""
        ...

    async def queued(self, within: TimeSpan) -> Sequence[Queued]:
        """Return a line for each of those in it who came by the queue."""
        ...


class BookingUnit(Protocol):
    """One connection, one transaction: commit on leaving, roll back on any exception."""

    @property
    def offerings(self) -> Offerings: ...
    @property
    def advisers(self) -> Advisers: ...
    @property
    def hours(self) -> Hours: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def intakes(self) -> Intakes: ...
    @property
    def links(self) -> Links: ...
    @property
    def link_requests(self) -> LinkRequests: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def letter_texts(self) -> LetterTexts: ...
    @property
    def wordings(self) -> Wordings: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def attendance(self) -> AttendanceCounts: ...
    @property
    def disruptions(self) -> Disruptions: ...
    @property
    def waiting(self) -> WaitingRooms: ...
    @property
    def approaches(self) -> Approaches: ...
    @property
    def helper_links(self) -> HelperLinks: ...
    @property
    def colleague_calls(self) -> ColleagueCalls: ...
    @property
    def guest_links(self) -> GuestLinks: ...
    @property
    def at_desk(self) -> AdvisersAtDesk: ...
    @property
    def waitlist(self) -> Waitlist: ...
    @property
    def freed_slots(self) -> FreedSlots: ...
    @property
    def offers(self) -> Offers: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def afterwords(self) -> Afterwords: ...
    @property
    def stopped_numbers(self) -> StoppedNumbers: ...
