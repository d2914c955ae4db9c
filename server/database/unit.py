"""The unit of work on a database: every store on one connection."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.access_chain import SqlAccessChain
from server.database.access_log import SqlAccessLog
from server.database.advisers import SqlAdvisers
from server.database.afterwords import SqlAfterwords
from server.database.api_keys import SqlApiKeys
from server.database.appointments import SqlAppointments
from server.database.approaches import SqlApproaches
from server.database.at_desk import SqlAdvisersAtDesk
from server.database.attendance import SqlAttendance
from server.database.calendar_feeds import SqlCalendarFeeds
from server.database.catalogue import SqlCatalogue
from server.database.cells import SqlCalendar
from server.database.changes import SqlChangeLog
from server.database.colleague_calls import SqlColleagueCalls
from server.database.customer_passkeys import SqlCustomerPasskeys
from server.database.delivered_codes import SqlDeliveredCodes
from server.database.demo_letters import SqlDemoLetters
from server.database.disruptions import SqlDisruptions
from server.database.documents import SqlDocuments
from server.database.door_sessions import SqlDoorSessions
from server.database.facts import SqlFacts
from server.database.freed_slots import SqlFreedSlots
from server.database.guest_links import SqlGuestLinks
from server.database.half_sign_ins import SqlHalfSignIns, SqlSetUpLinks
from server.database.heartbeats import SqlHeartbeats
from server.database.helper_links import SqlHelperLinks
from server.database.holds import SqlHolds
from server.database.hours import SqlHours
from server.database.idempotency import SqlIdempotency
from server.database.identifications import SqlIdentifications
from server.database.intakes import SqlIntakes
from server.database.invitations import SqlInvitations
from server.database.leftovers import SqlLeftovers
from server.database.letter_texts import SqlLetterTexts
from server.database.letters import SqlLetters
from server.database.link_requests import SqlLinkRequests
from server.database.links import SqlLinks
from server.database.login_attempts import SqlLoginAttempts
from server.database.meeting_states import SqlMeetingStates
from server.database.messages import SqlMessages, SqlStoppedNumbers
from server.database.notes import SqlNotes
from server.database.notices import SqlNotices
from server.database.offerings import SqlOfferings
from server.database.offers import SqlOffers
from server.database.outbox import SqlOutbox
from server.database.passkeys import SqlPasskeys
from server.database.person_reseal import SqlPersonReseal
from server.database.persons import SqlPersons
from server.database.prompts import SqlPrompts
from server.database.reminders import SqlReminders
from server.database.row_locks import RowLocks
from server.database.second_factors import SqlSecondFactors
from server.database.senders import SqlSenders
from server.database.sign_in_failures import SqlSignInFailures
from server.database.staff import SqlStaff
from server.database.staff_sessions import SqlStaffSessions
from server.database.staff_trips import SqlStaffTrips
from server.database.subscribers import SqlSubscribers
from server.database.used_tickets import SqlTickets
from server.database.waiting_rooms import SqlWaitingRooms
from server.database.waitlist import SqlWaitlist
from server.database.wordings import SqlWordings
from server.sealing import Sealer


class SqlUnit:
    """Fulfils the unit of every room, and what the roof asks besides."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._locks = locks = RowLocks()
        self.offerings = SqlOfferings(connection)
        self.advisers = SqlAdvisers(connection)
        self.hours = SqlHours(connection)
        self.calendar = SqlCalendar(connection)
        self.holds = SqlHolds(connection)
        self.appointments = SqlAppointments(connection, locks)
        self.intakes = SqlIntakes(connection)
        self.links = SqlLinks(connection, sealer)
        self.link_requests = SqlLinkRequests(connection)
        self.invitations = SqlInvitations(connection, sealer)
        self.facts = SqlFacts(connection, locks)
        self.reminders = SqlReminders(connection)
        self.letter_texts, self.wordings = SqlLetterTexts(connection), SqlWordings(connection)
        self.outbox = SqlOutbox(connection)
        self.letters = SqlLetters(connection)
        self.senders = SqlSenders(connection)
        self.notes, self.afterwords = SqlNotes(connection, sealer), SqlAfterwords(connection, sealer)
        self.messages, self.stopped_numbers = SqlMessages(connection), SqlStoppedNumbers(connection)
        self.waiting, self.at_desk = SqlWaitingRooms(connection, locks), SqlAdvisersAtDesk(connection)
        self.colleague_calls = SqlColleagueCalls(connection, locks)
        self.helper_links, self.guest_links = SqlHelperLinks(connection), SqlGuestLinks(connection)
        self.approaches = SqlApproaches(connection, locks)
        self.waitlist = SqlWaitlist(connection)
        self.freed_slots = SqlFreedSlots(connection)
        self.offers = SqlOffers(connection, sealer)
        self.attendance = SqlAttendance(connection)
        self.disruptions = SqlDisruptions(connection)
        self.staff = SqlStaff(connection)
        self.staff_sessions = SqlStaffSessions(connection)
        self.door_sessions = SqlDoorSessions(connection)
        self.login_attempts = SqlLoginAttempts(connection)
        self.prompts = SqlPrompts(connection, sealer)
        self.delivered_codes = SqlDeliveredCodes(connection)
        self.customer_passkeys = SqlCustomerPasskeys(connection)
        self.identifications = SqlIdentifications(connection)
        self.persons = SqlPersons(connection, sealer.vault)
        self.person_reseal = SqlPersonReseal(connection, sealer.vault)
        self.access_log = SqlAccessLog(connection)
        self.access_chain = SqlAccessChain(connection, sealer)
        self.tickets = SqlTickets(connection)
        self.calendar_feeds = SqlCalendarFeeds(connection)
        self.sign_in_failures = SqlSignInFailures(connection)
        self.second_factors = SqlSecondFactors(connection, sealer)
        self.staff_trips = SqlStaffTrips(connection)
        self.passkeys = SqlPasskeys(connection)
        self.half_sign_ins = SqlHalfSignIns(connection)
        self.set_up_links = SqlSetUpLinks(connection)
        self.documents = SqlDocuments(connection)
        self.meetings = SqlMeetingStates(connection)
        self.api_keys = SqlApiKeys(connection)
        self.idempotency = SqlIdempotency(connection, sealer)
        self.heartbeats = SqlHeartbeats(connection)
        self.demo_letters = SqlDemoLetters(connection)
        self.catalogue = SqlCatalogue(connection)
        self.changes = SqlChangeLog(connection)
        self.subscribers = SqlSubscribers(connection, sealer)
        self.notices = SqlNotices(connection)
        self.leftovers = SqlLeftovers(connection)

    @property
    def touched(self) -> Collection[UUID]:
        """Whose appointments this unit may have changed, as ids of advisers."""
        return self._locks.advisers
