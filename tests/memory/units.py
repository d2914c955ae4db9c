"""Units of work in memory: a copy to work on, kept on leaving, thrown away on any exception."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from tests.memory.afterwords import MemoryAfterwords
from tests.memory.appointments import MemoryAppointments, MemoryAttendance, MemoryIntakes, MemoryLinks
from tests.memory.approaches import MemoryApproaches, MemoryHelperLinks
from tests.memory.at_desk import MemoryAdvisersAtDesk
from tests.memory.calendar import MemoryCalendar, MemoryHolds
from tests.memory.catalogue import MemoryAdvisers, MemoryCatalogue, MemoryOfferings, MemoryStaff
from tests.memory.changes import MemoryChangeLog
from tests.memory.colleague_calls import MemoryColleagueCalls
from tests.memory.customer_passkeys import MemoryCustomerPasskeys
from tests.memory.delivered_codes import MemoryDeliveredCodes
from tests.memory.disruptions import MemoryDisruptions
from tests.memory.guest_links import MemoryGuestLinks
from tests.memory.history import MemoryFacts, MemoryReminders
from tests.memory.hours import MemoryHours
from tests.memory.identity import (
    MemoryDoorSessions,
    MemoryIdentifications,
    MemoryLoginAttempts,
    MemoryPrompts,
    MemorySignInFailures,
    MemoryStaffSessions,
    MemoryTickets,
)
from tests.memory.invitations import MemoryInvitations
from tests.memory.letter_texts import MemoryLetterTexts
from tests.memory.letters import MemoryDemoLetters, MemoryLetters, MemoryOutbox, MemorySenders
from tests.memory.links import MemoryCalendarFeeds, MemoryLinkRequests
from tests.memory.looks import MemoryAccessChain, MemoryAccessLog
from tests.memory.meetings import MemoryDocuments, MemoryMeetingStates
from tests.memory.messages import MemoryMessages, MemoryStoppedNumbers
from tests.memory.notes import MemoryNotes
from tests.memory.passkeys import MemoryPasskeys
from tests.memory.persons import MemoryPersons
from tests.memory.refill import MemoryFreedSlots, MemoryOffers, MemoryWaitlist
from tests.memory.roof import MemoryApiKeys, MemoryHeartbeats, MemoryIdempotency, MemoryLeftovers
from tests.memory.second_factors import MemoryHalfSignIns, MemorySecondFactors, MemorySetUpLinks
from tests.memory.staff_trips import MemoryStaffTrips
from tests.memory.state import State
from tests.memory.waiting_rooms import MemoryWaitingRooms
from tests.memory.webhooks import MemoryNotices, MemorySubscribers
from tests.memory.wordings import MemoryWordings

T = TypeVar("T")


class MemoryUnit:
    """Fulfils the same ports as SqlUnit, over plain dictionaries."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.offerings = MemoryOfferings(state)
        self.advisers = MemoryAdvisers(state)
        self.hours = MemoryHours(state)
        self.calendar = MemoryCalendar(state)
        self.appointments = MemoryAppointments(state)
        self.holds = MemoryHolds(state)
        self.intakes = MemoryIntakes(state)
        self.links = MemoryLinks(state)
        self.link_requests = MemoryLinkRequests(state)
        self.invitations = MemoryInvitations(state)
        self.facts = MemoryFacts(state)
        self.reminders = MemoryReminders(state)
        self.letter_texts, self.wordings = MemoryLetterTexts(state), MemoryWordings(state.wordings)
        self.outbox = MemoryOutbox(state)
        self.letters = MemoryLetters(state)
        self.senders = MemorySenders(state)
        self.notes, self.afterwords = MemoryNotes(state.notes), MemoryAfterwords(state.afterwords)
        self.messages, self.stopped_numbers = MemoryMessages(state), MemoryStoppedNumbers(state)
        self.waiting = MemoryWaitingRooms(state)
        self.approaches = MemoryApproaches(state)
        self.helper_links, self.guest_links = MemoryHelperLinks(state), MemoryGuestLinks(state)
        self.colleague_calls = MemoryColleagueCalls(state)
        self.at_desk = MemoryAdvisersAtDesk(state)
        self.waitlist = MemoryWaitlist(state)
        self.freed_slots = MemoryFreedSlots(state)
        self.offers = MemoryOffers(state)
        self.attendance = MemoryAttendance(state)
        self.disruptions = MemoryDisruptions(state)
        self.staff = MemoryStaff(state)
        self.staff_sessions = MemoryStaffSessions(state)
        self.door_sessions = MemoryDoorSessions(state)
        self.login_attempts = MemoryLoginAttempts(state)
        self.prompts = MemoryPrompts(state)
        self.delivered_codes = MemoryDeliveredCodes(state.delivered_codes)
        self.customer_passkeys = MemoryCustomerPasskeys(state.customer_passkeys)
        self.identifications = MemoryIdentifications(state)
        self.persons = MemoryPersons(state.persons)
        self.access_log = MemoryAccessLog(state)
        self.access_chain = MemoryAccessChain(state)
        self.tickets = MemoryTickets(state)
        self.calendar_feeds = MemoryCalendarFeeds(state)
        self.sign_in_failures = MemorySignInFailures(state)
        self.second_factors = MemorySecondFactors(state)
        self.staff_trips = MemoryStaffTrips(state)
        self.passkeys = MemoryPasskeys(state)
        self.half_sign_ins = MemoryHalfSignIns(state)
        self.set_up_links = MemorySetUpLinks(state)
        self.documents = MemoryDocuments(state)
        self.meetings = MemoryMeetingStates(state)
        self.api_keys = MemoryApiKeys(state)
        self.idempotency = MemoryIdempotency(state)
        self.heartbeats = MemoryHeartbeats(state)
        self.demo_letters = MemoryDemoLetters(state)
        self.catalogue = MemoryCatalogue(state)
        self.changes = MemoryChangeLog(state)
        self.subscribers = MemorySubscribers(state)
        self.notices = MemoryNotices(state)
        self.leftovers = MemoryLeftovers(state)


class MemoryUnits:
    """Opens units over one state; those that write come one after another."""

    def __init__(self) -> None:
        self._state = State()
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[MemoryUnit]:
        async with self._queue:
            state = self._state.copy()
            yield MemoryUnit(state)
            self._state = state

    @asynccontextmanager
    async def read(self) -> AsyncIterator[MemoryUnit]:
        yield MemoryUnit(self._state.sealed())

    async def do(self, work: Callable[[MemoryUnit], Awaitable[T]]) -> T:
        async with self.write() as unit:
            return await work(unit)

    async def close(self) -> None:
        """Let it be used where units must be closed."""
