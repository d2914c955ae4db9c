"""The identity room's unit of work in memory: it keeps the promises of `identity.ports`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from identity.door_session import DoorSession
from identity.errors import AnotherPerson, AttemptUnknown, LoginTaken, NotFound, TicketUsed
from identity.identification import Identification
from identity.login_attempt import LoginAttempt, Purpose
from identity.prompt import Prompted
from identity.session import StaffSession
from identity.staff import Credentials, StaffMember
from tests.memory.customer_passkeys import MemoryCustomerPasskeys
from tests.memory.delivered_codes import MemoryDeliveredCodes
from tests.memory.looks import MemoryAccessChain, MemoryAccessLog
from tests.memory.passkeys import MemoryPasskeys
from tests.memory.persons import MemoryPersons
from tests.memory.second_factors import MemoryHalfSignIns, MemorySecondFactors, MemorySetUpLinks
from tests.memory.staff_trips import MemoryStaffTrips
from tests.memory.state import State


class MemoryStaff:
    def __init__(self) -> None:
        self._by_id: dict[UUID, Credentials] = {}

    async def get(self, staff_id: UUID) -> StaffMember:
        if staff_id not in self._by_id:
            raise NotFound
        return self._by_id[staff_id].member

    async def by_login(self, login: str) -> Credentials | None:
        return next((each for each in self._by_id.values() if each.member.login == login), None)

    async def all(self) -> Sequence[StaffMember]:
        return sorted((each.member for each in self._by_id.values()), key=lambda each: each.name)

    async def locked(self, staff_ids: Collection[UUID]) -> Mapping[UUID, StaffMember]:
        return {staff_id: await self.get(staff_id) for staff_id in staff_ids}

    async def add(self, credentials: Credentials) -> None:
        if await self.by_login(credentials.member.login):
            raise LoginTaken
        self._by_id[credentials.member.id] = credentials

    async def change(self, member: StaffMember) -> None:
        kept = self._by_id[member.id]
        changed = replace(member, login=kept.member.login)
        self._by_id[member.id] = Credentials(changed, kept.password_hash)

    async def change_password(self, staff_id: UUID, password_hash: str) -> None:
        self._by_id[staff_id] = Credentials(self._by_id[staff_id].member, password_hash)


class MemoryStaffSessions:
    def __init__(self) -> None:
        self._by_hash: dict[bytes, StaffSession] = {}

    async def add(self, session: StaffSession) -> None:
        self._by_hash[session.token_hash] = session

    async def find(self, token_hash: bytes) -> StaffSession | None:
        return self._by_hash.get(token_hash)

    async def of(self, staff_id: UUID, *, now: datetime) -> Sequence[StaffSession]:
        mine = [one for one in self._by_hash.values() if one.staff_id == staff_id and one.is_alive(now=now)]
        return sorted(mine, key=lambda one: (-one.last_seen_at.timestamp(), one.token_hash))

    async def living(self, token_hashes: Collection[bytes], *, now: datetime) -> Collection[bytes]:
        found = [self._by_hash[one] for one in token_hashes if one in self._by_hash]
        return {one.token_hash for one in found if one.is_alive(now=now)}

    async def touch(self, session: StaffSession) -> None:
        if session.token_hash in self._by_hash:
            self._by_hash[session.token_hash] = session

    async def remove(self, token_hash: bytes) -> None:
        self._by_hash.pop(token_hash, None)

    async def remove_all_of(self, staff_id: UUID) -> None:
        self._by_hash = {key: each for key, each in self._by_hash.items() if each.staff_id != staff_id}


class MemoryDoorSessions:
    def __init__(self) -> None:
        self._by_hash: dict[bytes, DoorSession] = {}

    async def add(self, session: DoorSession) -> None:
        self._by_hash[session.token_hash] = session

    async def find(self, token_hash: bytes) -> DoorSession | None:
        return self._by_hash.get(token_hash)

    async def remove(self, token_hash: bytes) -> None:
        self._by_hash.pop(token_hash, None)


class MemoryLoginAttempts:
    def __init__(self) -> None:
        self._by_state: dict[str, LoginAttempt] = {}

    async def add(self, attempt: LoginAttempt) -> None:
        self._by_state[attempt.state] = attempt

    async def use(self, state: str, *, now: datetime) -> LoginAttempt:
        attempt = self._by_state.pop(state, None)
        if attempt is None:
            raise AttemptUnknown
        return attempt


class MemoryPrompts:
    def __init__(self) -> None:
        self._by_browser: dict[bytes, Prompted] = {}

    async def add(self, waiting: Prompted) -> None:
        self._by_browser[waiting.attempt.browser_hash] = waiting

    async def find(self, browser_hash: bytes) -> Prompted:
        if browser_hash not in self._by_browser:
            raise AttemptUnknown
        return self._by_browser[browser_hash]

    async def take_turn(self, browser_hash: bytes, *, now: datetime, until: datetime) -> bool:
        waiting = await self.find(browser_hash)
        if now < waiting.prompt.ask_again_at:
            return False
        await self.put_off(browser_hash, until=until, missed=waiting.missed)
        return True

    async def put_off(self, browser_hash: bytes, *, until: datetime, missed: int) -> None:
        waiting = await self.find(browser_hash)
        prompt = replace(waiting.prompt, ask_again_at=until)
        self._by_browser[browser_hash] = replace(waiting, prompt=prompt, missed=missed)

    async def remove(self, browser_hash: bytes) -> None:
        self._by_browser.pop(browser_hash, None)


class MemoryIdentifications:
    def __init__(self) -> None:
        self._by_id: dict[UUID, Identification] = {}
        self._bound: dict[UUID, bytes] = {}

    async def add(self, identification: Identification) -> None:
        if identification.subject_key is not None:
            bound = self._bound.setdefault(identification.appointment_id, identification.subject_key)
            if not compare_digest(bound, identification.subject_key):
                raise AnotherPerson
        self._by_id[identification.id] = identification

    async def get(self, identification_id: UUID) -> Identification:
        if identification_id not in self._by_id:
            raise NotFound
        return self._by_id[identification_id]

    async def at_booking(self, appointment_id: UUID) -> Identification | None:
        found = (
            each
            for each in self._by_id.values()
            if each.appointment_id == appointment_id and each.purpose is Purpose.BOOKING
        )
        return max(found, key=lambda each: each.at, default=None)

    async def bound_key(self, appointment_id: UUID) -> bytes | None:
        return self._bound.get(appointment_id)

    async def newest_of(self, appointment_id: UUID) -> Identification | None:
        found = [one for one in self._by_id.values() if one.appointment_id == appointment_id]
        return max(found, key=lambda one: one.at, default=None)


class MemoryTickets:
    def __init__(self) -> None:
        self._used: set[UUID] = set()

    async def use(self, jti: UUID, expires_at: datetime) -> None:
        if jti in self._used:
            raise TicketUsed
        self._used.add(jti)


class MemorySignInFailures:
    def __init__(self) -> None:
        self._rows: list[tuple[str, str, datetime]] = []

    async def add(self, login: str, address: str, *, at: datetime) -> None:
        self._rows.append((login, address, at))

    async def count(self, *, login: str | None = None, address: str | None = None, since: datetime) -> int:
        return sum(
            at >= since and login in (None, whose) and address in (None, where)
            for whose, where, at in self._rows
        )

    async def clear(self, login: str, address: str) -> None:
        self._rows = [row for row in self._rows if row[:2] != (login, address)]


class MemoryCalendarFeeds:
    def __init__(self) -> None:
        self._feeds: dict[UUID, tuple[bytes, datetime]] = {}

    async def put(self, staff_id: UUID, token_hash: bytes, *, at: datetime) -> None:
        self._feeds[staff_id] = (token_hash, at)

    async def find(self, token_hash: bytes) -> UUID:
        for staff_id, (known, _) in self._feeds.items():
            if known == token_hash:
                return staff_id
        raise NotFound

    async def made_at(self, staff_id: UUID) -> datetime | None:
        return self._feeds[staff_id][1] if staff_id in self._feeds else None

    async def remove(self, staff_id: UUID) -> None:
        self._feeds.pop(staff_id, None)


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    staff: MemoryStaff = field(default_factory=MemoryStaff)
    staff_sessions: MemoryStaffSessions = field(default_factory=MemoryStaffSessions)
    door_sessions: MemoryDoorSessions = field(default_factory=MemoryDoorSessions)
    login_attempts: MemoryLoginAttempts = field(default_factory=MemoryLoginAttempts)
    prompts: MemoryPrompts = field(default_factory=MemoryPrompts)
    delivered_codes: MemoryDeliveredCodes = field(default_factory=lambda: MemoryDeliveredCodes({}))
    customer_passkeys: MemoryCustomerPasskeys = field(default_factory=lambda: MemoryCustomerPasskeys({}))
    identifications: MemoryIdentifications = field(default_factory=MemoryIdentifications)
    persons: MemoryPersons = field(default_factory=lambda: MemoryPersons({}))
    access_log: MemoryAccessLog = field(default_factory=lambda: MemoryAccessLog(State()))
    access_chain: MemoryAccessChain = field(default_factory=lambda: MemoryAccessChain(State()))
    tickets: MemoryTickets = field(default_factory=MemoryTickets)
    calendar_feeds: MemoryCalendarFeeds = field(default_factory=MemoryCalendarFeeds)
    sign_in_failures: MemorySignInFailures = field(default_factory=MemorySignInFailures)
    second_factors: MemorySecondFactors = field(default_factory=lambda: MemorySecondFactors(State()))
    staff_trips: MemoryStaffTrips = field(default_factory=lambda: MemoryStaffTrips(State()))
    passkeys: MemoryPasskeys = field(default_factory=lambda: MemoryPasskeys(State()))
    half_sign_ins: MemoryHalfSignIns = field(default_factory=lambda: MemoryHalfSignIns(State()))
    set_up_links: MemorySetUpLinks = field(default_factory=lambda: MemorySetUpLinks(State()))
