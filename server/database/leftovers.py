"""What is over and serves nobody any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import LIVE
from booking.lost_link import WINDOW
from server.database.afterwords import afterwords
from server.database.appointments_table import appointments
from server.database.approaches import approaches
from server.database.changes import changes
from server.database.colleague_calls import colleague_calls
from server.database.columns import Utc
from server.database.customer_passkeys import customer_passkeys
from server.database.delivered_codes import delivered_codes
from server.database.door_sessions import door_sessions
from server.database.forgetting import forget_persons
from server.database.guest_links import guest_links
from server.database.half_sign_ins import half_sign_ins, set_up_links
from server.database.helper_links import helper_links
from server.database.holds_table import holds
from server.database.idempotency import KEPT, idempotency_keys
from server.database.invitations import invitations
from server.database.link_requests import link_requests
from server.database.login_attempts import login_attempts
from server.database.meeting_states import meeting_states
from server.database.messages import messages
from server.database.notes import notes
from server.database.notices_table import notices
from server.database.outbox_table import outbox
from server.database.passkeys import passkey_challenges
from server.database.sign_in_failures import sign_in_failures
from server.database.staff_sessions import staff_sessions
from server.database.staff_trips import staff_trips
from server.database.used_tickets import used_tickets
from server.database.waiting_rooms import waiting

_INVITATION_ENDED = func.coalesce(
    invitations.c.used_at, invitations.c.revoked_at, invitations.c.expires_at, type_=Utc
)
SESSIONS = (staff_sessions, door_sessions, half_sign_ins)
INVITATIONS_KEPT = timedelta(days=90)
PERSONS_KEPT = timedelta(days=731)
"""Two years after the last appointment, as long as an unused passkey lasts."""
FAILURES_KEPT = timedelta(days=1)
CHANGES_KEPT = timedelta(days=731)
"""Two years: long enough to look into what was set up for last year's appointments."""
NOTICES_KEPT = timedelta(days=30)
"""Told or not: what a paused subscriber has not come back for by then is not worth telling."""
LETTERS_KEPT = timedelta(days=90)
"""Whatever became of them: the figures go back two weeks, and what was sent stands in the facts."""
MESSAGES_KEPT = timedelta(days=7)
"""So long after it came, and not before its appointment is over, a text message is kept."""
NOTES_KEPT = timedelta(days=90)
"""So long after it was last written, and not before its appointment is over, the team's note is kept."""
AFTERWORDS_KEPT = timedelta(days=90)
"""So long after they were last written, and not before it is over, words about the end are kept."""
HOLDS_KEPT = timedelta(hours=1)
"""So long after it ran out, a hold still says which slot its form was about."""


class SqlLeftovers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sweep(
        self,
        *,
        now: datetime,
        invitations_kept: timedelta = INVITATIONS_KEPT,
        persons_kept: timedelta = PERSONS_KEPT,
    ) -> None:
        """Remove expired sessions, attempts, tickets, answers, wishes, failures, changes, notices, letters,
        closed meetings, and who customers were whose appointments are long over.

        A meeting that nobody ended, because both only shut their browsers, still holds what they wrote. An
        invitation goes so long after it was used, taken back or ran out, and its source tag with it.
        """
        await self._connection.execute(delete(invitations).where(now - invitations_kept >= _INVITATION_ENDED))
        swept = (staff_trips, set_up_links, passkey_challenges, login_attempts, used_tickets)
        own_ways = (delivered_codes, customer_passkeys)
        for table in (*SESSIONS, *swept, *own_ways):
            await self._connection.execute(delete(table).where(table.c.expires_at <= now))
        await self._connection.execute(delete(holds).where(holds.c.until <= now - HOLDS_KEPT))
        for table, kept in (
            (idempotency_keys, KEPT),
            (sign_in_failures, FAILURES_KEPT),
            (changes, CHANGES_KEPT),
            (notices, NOTICES_KEPT),
        ):
            await self._connection.execute(delete(table).where(table.c.at <= now - kept))
        await self._connection.execute(delete(outbox).where(outbox.c.put_at <= now - LETTERS_KEPT))
        handled = link_requests.c.handled_at.is_not(None)
        await self._connection.execute(
            delete(link_requests).where(handled, link_requests.c.asked_at <= now - WINDOW)
        )
        closed = select(appointments.c.id).where(appointments.c.status.not_in(LIVE))
        for table in (meeting_states, waiting, approaches, helper_links, colleague_calls, guest_links):
            await self._connection.execute(delete(table).where(table.c.appointment_id.in_(closed)))
        nobody_waits = or_(messages.c.appointment_id.is_(None), messages.c.appointment_id.in_(closed))
        await self._connection.execute(
            delete(messages).where(nobody_waits, messages.c.at <= now - MESSAGES_KEPT)
        )
        for words, kept in ((notes, NOTES_KEPT), (afterwords, AFTERWORDS_KEPT)):
            await self._connection.execute(
                delete(words).where(words.c.appointment_id.in_(closed), words.c.at <= now - kept)
            )
        await forget_persons(self._connection, until=now - persons_kept)
