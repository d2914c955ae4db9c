"""Appointments and their links, in memory."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Customer
from booking.attendance import Attended
from booking.call import call_asked_at
from booking.contact import mailbox_key
from booking.errors import NotFound, OwnOverlap, SlotTaken
from booking.fact import Fact, FactKind
from booking.feedback import HELD, SAID
from booking.hindrance import ON_THE_WAY_IN
from booking.question import Answer
from booking.queue_figures import Queued
from booking.time_span import TimeSpan, cells
from tests.memory.calendar import free_cells, take_cells
from tests.memory.state import Link, State, Taken


class MemoryAppointments:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, appointment: Appointment, *, now: datetime) -> None:
        self._take_time(appointment, now)
        self._state.appointments[appointment.id] = appointment

    async def change(self, appointment: Appointment, *, now: datetime) -> None:
        await self.get(appointment.id)
        free_cells(self._state, appointment.id)
        self._take_time(appointment, now)
        self._state.appointments[appointment.id] = appointment

    async def get(self, appointment_id: UUID) -> Appointment:
        if appointment_id not in self._state.appointments:
            raise NotFound(appointment_id)
        return self._state.appointments[appointment_id]

    async def of_ids(self, ids: Collection[UUID]) -> Mapping[UUID, Appointment]:
        return {one.id: one for one in self._state.appointments.values() if one.id in ids}

    async def locked(self, appointment_id: UUID) -> Appointment:
        return await self.get(appointment_id)

    async def of_adviser(self, adviser_id: UUID, within: TimeSpan) -> Sequence[Appointment]:
        return [one for one in self._ordered() if one.adviser_id == adviser_id and one.span.overlaps(within)]

    async def ahead_of(self, email: str, *, now: datetime) -> Sequence[Appointment]:
        key = mailbox_key(email)
        mine = (one for one in self._ordered() if key and one.customer.email_key == key)
        return [one for one in mine if one.is_live and one.span.end > now]

    async def all_ahead_of(self, customer: Customer, *, now: datetime) -> Sequence[Appointment]:
        keys = {customer.email_key, customer.phone_key} - {""}
        mine = (one for one in self._ordered() if keys & {one.customer.email_key, one.customer.phone_key})
        return [one for one in mine if one.is_live and one.span.end > now]

    async def within(self, within: TimeSpan, *, team_id: UUID | None = None) -> Sequence[Appointment]:
        return [
            one
            for one in self._ordered()
            if within.start <= one.span.start < within.end
            and team_id in (None, self._state.staff[one.adviser_id].member.team_id)
        ]

    async def live_within(self, within: TimeSpan) -> Sequence[Appointment]:
        return [one for one in await self.within(within) if one.is_live]

    async def waiting_for_call(self, now: datetime) -> Sequence[Appointment]:
        ahead = (one for one in self._ordered() if one.is_live and one.span.end > now)
        return [one for one in ahead if call_asked_at(self._state.facts.get(one.id, ())) is not None]

    async def live(self, before: datetime) -> Sequence[Appointment]:
        return [one for one in self._ordered() if one.is_live and one.span.start < before]

    async def to_close(self, now: datetime) -> Sequence[UUID]:
        live = sorted((one for one in self._ordered() if one.is_live), key=lambda one: one.span.end)
        return [one.id for one in live if self._is_over(one, now)]

    def _is_over(self, appointment: Appointment, now: datetime) -> bool:
        grace = self._state.offerings[appointment.offering_id].rules.grace
        history = self._state.facts.get(appointment.id, ())
        return appointment.span.end + grace <= now or any(one.kind is FactKind.ENDED for one in history)

    def _ordered(self) -> Sequence[Appointment]:
        return sorted(self._state.appointments.values(), key=lambda one: (one.span.start, str(one.id)))

    def _take_time(self, appointment: Appointment, now: datetime) -> None:
        if not appointment.is_live:
            return
        if not take_cells(self._state, appointment.adviser_id, appointment.busy, Taken(appointment.id), now):
            raise SlotTaken(appointment.span.start)
        for cell in cells(appointment.span) if appointment.customer.key else ():
            where = (appointment.customer.key or b"", cell)
            if where in self._state.customer_cells:
                raise OwnOverlap(appointment.span.start, self._state.customer_cells[where])
            self._state.customer_cells[where] = appointment.id


class MemoryLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def make(self, appointment_id: UUID) -> str:
        token = secrets.token_urlsafe(16)
        self._state.links[token] = Link(token, appointment_id)
        return token

    async def token(self, appointment_id: UUID) -> str:
        for link in self._open_of(appointment_id):
            return link.token
        raise NotFound(appointment_id)

    async def appointment(self, token: str) -> Appointment:
        link = self._state.links.get(token)
        if link is None or link.is_revoked:
            raise NotFound
        return self._state.appointments[link.appointment_id]

    async def revoke(self, appointment_id: UUID, *, at: datetime) -> None:
        del at
        for link in self._open_of(appointment_id):
            self._state.links[link.token] = replace(link, is_revoked=True)

    def _open_of(self, appointment_id: UUID) -> Sequence[Link]:
        links = self._state.links.values()
        return [one for one in links if one.appointment_id == appointment_id and not one.is_revoked]


class MemoryIntakes:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(
        self, appointment_id: UUID, answers: Sequence[Answer], *, terms: str, language: str
    ) -> None:
        self._state.intakes[appointment_id] = (tuple(answers), terms)

    async def answers(self, appointment_id: UUID) -> Sequence[Answer]:
        return self._state.intakes.get(appointment_id, ((), ""))[0]

    async def answers_of_many(self, appointment_ids: Collection[UUID]) -> dict[UUID, Sequence[Answer]]:
        found = {each: await self.answers(each) for each in appointment_ids}
        return {each: answers for each, answers in found.items() if answers}

    async def terms(self, appointment_id: UUID) -> str:
        return self._state.intakes.get(appointment_id, ((), ""))[1]


class MemoryAttendance:
    def __init__(self, state: State) -> None:
        self._state = state

    async def attended(self, within: TimeSpan) -> Sequence[Attended]:
        return [
            Attended(
                offering_id=one.offering_id,
                adviser_id=one.adviser_id,
                team_id=self._state.staff[one.adviser_id].member.team_id,
                start=one.span.start,
                booked_at=one.booked_at,
                zone=self._state.offerings[one.offering_id].zone,
                source=one.source,
                outcome=one.outcome,
            )
            for one in await MemoryAppointments(self._state).within(within)
        ]

    async def ways_in(self, within: TimeSpan) -> Sequence[Sequence[Fact]]:
        histories = [
            [fact for fact in self._state.facts.get(one.id, ()) if fact.kind in ON_THE_WAY_IN]
            for one in await MemoryAppointments(self._state).within(within)
        ]
        return [history for history in histories if history]

    async def looked_back(self, within: TimeSpan) -> Sequence[Fact]:
        return [
            fact
            for one in await MemoryAppointments(self._state).within(within)
            for fact in self._state.facts.get(one.id, ())
            if fact.kind is FactKind.WRAPPED_UP
        ]

    async def held(self, within: TimeSpan) -> Sequence[Sequence[Fact]]:
        return [
            [fact for fact in self._state.facts.get(one.id, ()) if fact.kind in SAID]
            for one in await MemoryAppointments(self._state).within(within)
            if one.outcome in HELD
        ]

    async def queued(self, within: TimeSpan) -> Sequence[Queued]:
        found = await MemoryAppointments(self._state).within(within)
        return [
            Queued(one.outcome, self._first(one, FactKind.READY), self._first(one, FactKind.ADMITTED))
            for one in found
            if one.is_drop_in
        ]

    def _first(self, one: Appointment, kind: FactKind) -> datetime | None:
        facts = self._state.facts.get(one.id, ())
        return min((fact.at for fact in facts if fact.kind is kind), default=None)
