"""Offerings, advisers, staff and how they are set up, in memory."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from booking.adviser import Adviser
from booking.availability import Openings, WeeklyHours
from booking.errors import NotFound
from booking.offering import Offering
from booking.time_span import TimeSpan
from identity import errors as identity_errors
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from tests.memory.state import State


class MemoryOfferings:
    def __init__(self, state: State) -> None:
        self._state = state

    async def get(self, offering_id: UUID) -> Offering:
        if offering_id not in self._state.offerings:
            raise NotFound(offering_id)
        return self._state.offerings[offering_id]

    async def all(self) -> Sequence[Offering]:
        return list(self._state.offerings.values())


class MemoryAdvisers:
    def __init__(self, state: State) -> None:
        self._state = state

    async def get(self, adviser_id: UUID) -> Adviser:
        if adviser_id not in self._state.staff:
            raise NotFound(adviser_id)
        return _adviser(self._state.staff[adviser_id].member)

    async def of_offering(self, offering_id: UUID) -> Sequence[Adviser]:
        return [one for one in await self.all() if (one.id, offering_id) in self._state.meets]

    async def all(self) -> Sequence[Adviser]:
        members = (one.member for one in self._state.staff.values())
        meeting = (one for one in members if one.is_active and one.role is Role.ADVISER)
        return sorted((_adviser(one) for one in meeting), key=lambda one: (one.name, str(one.id)))

    async def openings(self, offering_id: UUID, within: TimeSpan) -> Openings:
        meeting = {one.id for one in await self.of_offering(offering_id)}
        day = timedelta(days=1)
        return Openings(
            weekly=[
                line
                for line in self._state.hours.values()
                if line.adviser_id in meeting and line.offering_id in (None, offering_id)
            ],
            days=[
                line
                for line in self._state.day_hours.values()
                if line.adviser_id in meeting
                and line.offering_id in (None, offering_id)
                and within.start.date() - day <= line.day <= within.end.date() + day
            ],
            closures=[
                one
                for one in self._state.closures.values()
                if one.offering_id in (None, offering_id) and one.span.overlaps(within)
            ],
        )


class MemoryStaff:
    def __init__(self, state: State) -> None:
        self._state = state

    async def get(self, staff_id: UUID) -> StaffMember:
        if staff_id not in self._state.staff:
            raise identity_errors.NotFound(staff_id)
        return self._state.staff[staff_id].member

    async def by_login(self, login: str) -> Credentials | None:
        return next((one for one in self._state.staff.values() if one.member.login == login), None)

    async def add(self, credentials: Credentials) -> None:
        member = credentials.member
        if member.id in self._state.staff or await self.by_login(member.login):
            raise ValueError("this member is there already")
        self._state.staff[member.id] = credentials


class MemoryCatalogue:
    def __init__(self, state: State) -> None:
        self._state = state

    async def is_empty(self) -> bool:
        return not self._state.teams

    async def add_team(self, team_id: UUID, name: str) -> None:
        self._state.teams[team_id] = name

    async def add_offering(self, offering: Offering) -> None:
        self._state.offerings[offering.id] = offering

    async def link(self, adviser_id: UUID, offering_id: UUID) -> None:
        self._state.meets[adviser_id, offering_id] = None

    async def add_adviser_hours(self, hours: WeeklyHours) -> None:
        self._state.hours[len(self._state.hours)] = hours


def _adviser(member: StaffMember) -> Adviser:
    return Adviser(id=member.id, name=member.name, team_id=member.team_id, languages=member.languages)
