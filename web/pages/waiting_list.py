"""Who waits for what an adviser gives, in order, as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.claim_waiting import may_take
from booking.waiting_room import WaitingCustomer
from identity.permission import Right
from identity.staff import StaffMember
from signalling.guest import CALL_LASTS
from web.meeting_words import arrival_words
from web.own_words import sentence_words
from web.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One who waits; `claimed_by` is a name, `arrival` are message ids."""

    appointment: Appointment
    offering: str
    adviser: str
    is_booked_with_me: bool
    waiting: WaitingCustomer
    waited: timedelta
    is_away: bool
    arrival: Sequence[str]
    said: str
    claimed_by: str
    is_mine: bool

    @property
    def is_free(self) -> bool:
        return not self.claimed_by

    @property
    def mood(self) -> str:
        return "stuck" if self.is_away or (self.waiting.arrival or {}).get("failure") else "here"

    @property
    def mark(self) -> str:
        """Change whenever the row has to be drawn anew."""
        row = self.waiting
        return f"{row.arrival}|{row.said}|{row.ready_at}|{self.is_away}|{self.claimed_by}|{self.waited}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A colleague asks the reader to go on in a meeting; `since` is when."""

    appointment: Appointment
    offering: str
    by: str
    reason: str
    since: datetime

    @property
    def mark(self) -> str:
        return f"{self.since}|{self.by}|{self.reason}"


async def call_rows(unit: Unit, member: StaffMember, *, language: str, now: datetime) -> Sequence[CallRow]:
    """Return the meetings into which a member is asked; who meets nobody is asked into none."""
    rows = []
    for call in await unit.colleague_calls.to(member.id, since=now - CALL_LASTS):
        one = await unit.appointments.get(call.appointment_id)
        offering = (await unit.offerings.get(one.offering_id)).name(language)
        by = (await unit.advisers.get(call.asked_by)).name
        rows.append(
            CallRow(appointment=one, offering=offering, by=by, reason=call.reason, since=call.asked_at)
        )
    return rows


async def waiting_rows(
    unit: Unit, member: StaffMember, *, language: str, now: datetime
) -> Sequence[WaitingRow]:
    """Return whom a member may take; who meets nobody sees those of their team."""
    found = await unit.waiting.all(now)
    if not found:
        return []
    advisers = {one.id: one for one in await unit.advisers.all()}
    sentences = await sentence_words(unit, language)
    rows = []
    for waiting in found:
        one = await unit.appointments.get(waiting.appointment_id)
        booked = advisers.get(one.adviser_id)
        is_theirs = booked is not None and booked.team_id == member.team_id
        if member.may(Right.MEET):
            is_theirs = await may_take(unit, one, member.id)
        if is_theirs:
            names = {each.id: each.name for each in advisers.values()}
            offering = (await unit.offerings.get(one.offering_id)).name(language)
            said = sentences.of((waiting.said or {}).get("sentence", ""))
            rows.append(_row(one, waiting, names, offering=offering, said=said, me=member.id, now=now))
    return rows


def _row(
    one: Appointment,
    waiting: WaitingCustomer,
    names: dict[UUID, str],
    *,
    offering: str,
    said: str,
    me: UUID,
    now: datetime,
) -> WaitingRow:
    claimant = waiting.claimant(now)
    return WaitingRow(
        appointment=one,
        offering=offering,
        adviser=names.get(one.adviser_id, ""),
        is_booked_with_me=one.adviser_id == me,
        waiting=waiting,
        waited=timedelta(minutes=(now - waiting.came_at) // timedelta(minutes=1)),
        is_away=waiting.is_away(now),
        arrival=arrival_words(waiting.arrival or {}),
        said=said,
        claimed_by=names.get(claimant, "") if claimant else "",
        is_mine=claimant == me,
    )
