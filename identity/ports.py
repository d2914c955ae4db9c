"""What the identity room needs from below: one unit of work and its stores."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from identity.door_session import DoorSession
from identity.identification import Identification
from identity.login_attempt import LoginAttempt
from identity.look_ports import AccessChain, AccessLog
from identity.person import Person
from identity.personal_code import PersonalCode
from identity.prompt import Prompted
from identity.staff_ports import (
    CalendarFeedStore,
    HalfSignInStore,
    PasskeyStore,
    SecondFactorStore,
    SetUpLinkStore,
    SignInFailureStore,
    StaffSessionStore,
    StaffStore,
    StaffTripStore,
)
from identity.way_ports import CustomerPasskeyStore, DeliveredCodeStore


class DoorSessionStore(Protocol):
    async def add(self, session: DoorSession) -> None: ...

    async def find(self, token_hash: bytes) -> DoorSession | None:
        """Return it also when it is over: the caller knows the time."""
        ...

    async def remove(self, token_hash: bytes) -> None:
        """Revoke one; none is no error."""
        ...


class LoginAttemptStore(Protocol):
    async def add(self, attempt: LoginAttempt) -> None: ...

    async def use(self, state: str, *, now: datetime) -> LoginAttempt:
        """Hand it out once, by one statement that marks it as used at `now`, expired or not.

        Raises AttemptUnknown when there is none, or when it was used before.
        """
        ...


class PromptStore(Protocol):
    """Prompts on other devices, each under the hash of its browser's cookie."""

    async def add(self, waiting: Prompted) -> None:
        """Keep it beside its attempt, which was added before."""
        ...

    async def find(self, browser_hash: bytes) -> Prompted:
        """Return it as long as its attempt can be used. Raises AttemptUnknown."""
        ...

    async def take_turn(self, browser_hash: bytes, *, now: datetime, until: datetime) -> bool:
        """Put the next question off to `until`, by one statement, when its moment has come.

        Whoever is told true asks the provider; however many ask at once, one is.
        """
        ...

    async def put_off(self, browser_hash: bytes, *, until: datetime, missed: int) -> None:
        """Say when to ask again, and how often in a row nobody answered."""
        ...

    async def remove(self, browser_hash: bytes) -> None:
        """Forget it; none is no error."""
        ...


class IdentificationStore(Protocol):
    async def add(self, identification: Identification) -> None:
        """Keep it, and bind the appointment to its subject key.

        The first one binds. Raises AnotherPerson when the appointment is
        bound to another key: two browsers may race here, and a constraint
        has the last word.
        """
        ...

    async def get(self, identification_id: UUID) -> Identification:
        """Raises NotFound."""
        ...

    async def at_booking(self, appointment_id: UUID) -> Identification | None:
        """Return the latest one whose purpose was the booking: it tells who booked, not who comes."""
        ...

    async def bound_key(self, appointment_id: UUID) -> bytes | None: ...

    async def newest_of(self, appointment_id: UUID) -> Identification | None:
        """Return who was identified last for an appointment, if anybody was."""
        ...


class PersonStore(Protocol):
    """Keeps codes sealed, with keys that stand outside the database and can be changed."""

    def keys_of(self, code: PersonalCode) -> Sequence[bytes]:
        """Return every subject key under which the code's person may be known, the newest first."""
        ...

    async def met(self, code: PersonalCode, *, given_name: str, family_name: str, at: datetime) -> Person:
        """Find the code's person, or make them; keep their names and this moment anew."""
        ...

    async def get(self, person_id: UUID) -> Person:
        """Raises NotFound."""
        ...

    async def code(self, person_id: UUID) -> PersonalCode:
        """Open the seal: write first who looks, and why. Raises NotFound."""
        ...


class TicketStore(Protocol):
    async def use(self, jti: UUID, expires_at: datetime) -> None:
        """Remember that it was used until it is over. Raises TicketUsed the second time."""
        ...


class IdentityUnit(Protocol):
    """One connection, one transaction: see the house's rules for units."""

    @property
    def staff(self) -> StaffStore: ...

    @property
    def staff_sessions(self) -> StaffSessionStore: ...

    @property
    def door_sessions(self) -> DoorSessionStore: ...

    @property
    def login_attempts(self) -> LoginAttemptStore: ...

    @property
    def prompts(self) -> PromptStore: ...

    @property
    def delivered_codes(self) -> DeliveredCodeStore: ...

    @property
    def customer_passkeys(self) -> CustomerPasskeyStore: ...

    @property
    def identifications(self) -> IdentificationStore: ...

    @property
    def persons(self) -> PersonStore: ...

    @property
    def access_log(self) -> AccessLog: ...

    @property
    def access_chain(self) -> AccessChain: ...

    @property
    def tickets(self) -> TicketStore: ...

    @property
    def calendar_feeds(self) -> CalendarFeedStore: ...

    @property
    def sign_in_failures(self) -> SignInFailureStore: ...

    @property
    def second_factors(self) -> SecondFactorStore: ...

    @property
    def half_sign_ins(self) -> HalfSignInStore: ...

    @property
    def set_up_links(self) -> SetUpLinkStore: ...

    @property
    def passkeys(self) -> PasskeyStore: ...

    @property
    def staff_trips(self) -> StaffTripStore: ...
