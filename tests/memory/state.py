"""What the in-memory unit keeps: tables of frozen values, copied for each unit."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NoReturn, Self
from uuid import UUID

from booking.adviser import Adviser
from booking.afterword import Afterword
from booking.appointment import Appointment
from booking.approach import Approach
from booking.availability import DayHours, WeeklyHours
from booking.change import Change
from booking.closure import Closure
from booking.colleague_call import ColleagueCall
from booking.disruption import Concerned, Disruption
from booking.fact import Actor, Fact
from booking.freed_slot import FreedSlot
from booking.guest_link import InvitedGuest
from booking.hold import Hold
from booking.invitation import HandedOver
from booking.letter import Channel
from booking.letter_text import TextPlace, Words
from booking.link_request import LinkRequest
from booking.message import Message
from booking.note import Note
from booking.notice import Logged
from booking.offer import Offer
from booking.offering import Offering
from booking.question import Answer
from booking.reminder import Reminder
from booking.subscriber import Subscriber
from booking.texts import Texts
from booking.waiting import Waiting
from booking.waiting_room import WaitingCustomer
from booking.wording import Wording
from identity.customer_passkey import CustomerPasskey
from identity.delivered_code import DeliveredCode
from identity.door_session import DoorSession
from identity.half_sign_in import HalfSignIn
from identity.identification import Identification
from identity.login_attempt import LoginAttempt
from identity.look import Look
from identity.one_time_code import Authenticator
from identity.passkey import Passkey, PasskeyChallenge
from identity.person import Person
from identity.prompt import Prompted
from identity.session import StaffSession
from identity.staff import Credentials
from identity.staff_issuer.trip import StaffTrip
from server.database.api_keys import ApiKey
from server.database.demo_letters import DemoLetter
from server.database.idempotency import KeptCall
from server.database.outbox_table import OutgoingLetter
from signalling.documents.document import Document


@dataclass(frozen=True, slots=True)
class Link:
    token: str
    appointment_id: UUID
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """Whose a cell is, an appointment's or a hold's, and until when it is held."""

    by: UUID
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter with what the queue alone knows of it."""

    letter: OutgoingLetter
    next_at: datetime | None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish for a lost link, and how far it has come."""

    request: LinkRequest
    handled_at: datetime | None = None
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What is told of an adviser beside their name."""

    texts: Texts = field(default_factory=dict)
    photo_id: UUID | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscriber with its secrets, the present one first."""

    subscriber: Subscriber
    secrets: tuple[str, ...]


@dataclass(slots=True)
class State:
    """All tables; values are frozen, so that a copy of each table is a snapshot."""

    teams: dict[UUID, str] = field(default_factory=dict)
    offerings: dict[UUID, Offering] = field(default_factory=dict)
    staff: dict[UUID, Credentials] = field(default_factory=dict)
    about: dict[UUID, About] = field(default_factory=dict)
    meets: dict[tuple[UUID, UUID], Adviser | None] = field(default_factory=dict)
    hours: dict[int, WeeklyHours] = field(default_factory=dict)
    day_hours: dict[int, DayHours] = field(default_factory=dict)
    closures: dict[UUID, Closure] = field(default_factory=dict)
    appointments: dict[UUID, Appointment] = field(default_factory=dict)
    cells: dict[tuple[UUID, int], Taken] = field(default_factory=dict)
    customer_cells: dict[tuple[bytes, int], UUID] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    intakes: dict[UUID, tuple[tuple[Answer, ...], str]] = field(default_factory=dict)
    waiting: dict[UUID, WaitingCustomer] = field(default_factory=dict)
    approaches: dict[UUID, Approach] = field(default_factory=dict)
    helper_links: dict[UUID, tuple[bytes, datetime]] = field(default_factory=dict)
    colleague_calls: dict[UUID, tuple[ColleagueCall, ...]] = field(default_factory=dict)
    guest_links: dict[str, InvitedGuest] = field(default_factory=dict)
    guest_links_made_at: dict[str, datetime] = field(default_factory=dict)
    notes: dict[UUID, Note] = field(default_factory=dict)
    afterwords: dict[tuple[UUID, Actor], Afterword] = field(default_factory=dict)
    wordings: dict[UUID, Wording] = field(default_factory=dict)
    at_desk: dict[UUID, tuple[datetime, bool]] = field(default_factory=dict)
    waitlist: dict[UUID, Waiting] = field(default_factory=dict)
    freed_slots: dict[UUID, FreedSlot] = field(default_factory=dict)
    offers: dict[UUID, Offer] = field(default_factory=dict)
    offer_tokens: dict[str, UUID] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    link_requests: dict[UUID, Wished] = field(default_factory=dict)
    calendar_feeds: dict[UUID, tuple[bytes, datetime]] = field(default_factory=dict)
    invitations: dict[UUID, HandedOver] = field(default_factory=dict)
    facts: dict[UUID, tuple[Fact, ...]] = field(default_factory=dict)
    reminders: dict[UUID, tuple[Reminder, ...]] = field(default_factory=dict)
    letter_texts: dict[TextPlace, Words] = field(default_factory=dict)
    outbox: dict[UUID, Queued] = field(default_factory=dict)
    senders: dict[Channel, tuple[str, datetime]] = field(default_factory=dict)
    messages: dict[UUID, Message] = field(default_factory=dict)
    stopped_numbers: dict[str, datetime] = field(default_factory=dict)
    demo_letters: dict[str, DemoLetter] = field(default_factory=dict)
    staff_sessions: dict[bytes, StaffSession] = field(default_factory=dict)
    door_sessions: dict[bytes, DoorSession] = field(default_factory=dict)
    login_attempts: dict[str, tuple[LoginAttempt, bool]] = field(default_factory=dict)
    prompts: dict[bytes, Prompted] = field(default_factory=dict)
    delivered_codes: dict[UUID, DeliveredCode] = field(default_factory=dict)
    customer_passkeys: dict[bytes, CustomerPasskey] = field(default_factory=dict)
    identifications: dict[UUID, Identification] = field(default_factory=dict)
    bindings: dict[UUID, bytes] = field(default_factory=dict)
    persons: dict[UUID, tuple[Person, bytes]] = field(default_factory=dict)
    looks: dict[int, Look] = field(default_factory=dict)
    tickets: dict[UUID, datetime] = field(default_factory=dict)
    sign_in_failures: dict[int, tuple[str, str, datetime]] = field(default_factory=dict)
    authenticators: dict[tuple[UUID, bool], Authenticator] = field(default_factory=dict)
    recovery_codes: dict[bytes, UUID] = field(default_factory=dict)
    passkeys: dict[bytes, Passkey] = field(default_factory=dict)
    passkey_challenges: dict[bytes, PasskeyChallenge] = field(default_factory=dict)
    staff_trips: dict[bytes, StaffTrip] = field(default_factory=dict)
    staff_subjects: dict[tuple[str, str], UUID] = field(default_factory=dict)
    half_sign_ins: dict[bytes, HalfSignIn] = field(default_factory=dict)
    set_up_links: dict[bytes, datetime] = field(default_factory=dict)
    documents: dict[UUID, Document] = field(default_factory=dict)
    meetings: dict[UUID, dict[str, object]] = field(default_factory=dict)
    api_keys: dict[bytes, ApiKey] = field(default_factory=dict)
    calls: dict[tuple[UUID, bytes], KeptCall] = field(default_factory=dict)
    heartbeats: dict[str, datetime] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)
    disruptions: dict[UUID, tuple[Disruption, tuple[UUID, ...]]] = field(default_factory=dict)
    subscribers: dict[UUID, Subscribed] = field(default_factory=dict)
    notices: dict[UUID, Logged] = field(default_factory=dict)
    concerned: dict[tuple[UUID, UUID], Concerned] = field(default_factory=dict)

    def copy(self) -> Self:
        return type(self)(*(dict(getattr(self, one.name)) for one in fields(self)))

    def sealed(self) -> Self:
        """Return a copy that refuses every change."""
        return type(self)(*(ReadOnly(getattr(self, one.name)) for one in fields(self)))


class ReadOnly(dict[Any, Any]):
    """A table of a unit that reads."""

    def __setitem__(self, key: object, value: object) -> NoReturn:
        raise TypeError("a unit that reads changes nothing")

    def __delitem__(self, key: object) -> NoReturn:
        raise TypeError("a unit that reads changes nothing")
