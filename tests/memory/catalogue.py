"""Offerings, advisers, staff and how they are set up, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.adviser import Adviser
from booking.availability import Openings, WeeklyHours
from booking.errors import NotFound
from booking.offering import Offering
from booking.team import Team
from booking.texts import Texts
from booking.time_span import TimeSpan
from identity import errors as identity_errors
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from tests.memory.state import About, State


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
        return self._adviser(self._state.staff[adviser_id].member)

    async def of_offering(self, offering_id: UUID) -> Sequence[Adviser]:
        return [one for one in await self.all() if (one.id, offering_id) in self._state.meets]

    async def ids_of_offering(self, offering_id: UUID) -> Sequence[UUID]:
        return [one.id for one in await self.of_offering(offering_id)]

    async def all(self) -> Sequence[Adviser]:
        members = (one.member for one in self._state.staff.values())
        meeting = (one for one in members if one.is_active and one.role is Role.ADVISER)
        return sorted((self._adviser(one) for one in meeting), key=lambda one: (one.name, str(one.id)))

    async def openings(
        self, offering_id: UUID, within: TimeSpan, *, adviser_id: UUID | None = None
    ) -> Openings:
        meeting = {one.id for one in await self.of_offering(offering_id) if adviser_id in (None, one.id)}
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

    def _adviser(self, member: StaffMember) -> Adviser:
        about = self._state.about.get(member.id, About())
        return Adviser(
            id=member.id,
            name=member.name,
            team_id=member.team_id,
            languages=member.languages,
            texts=about.texts,
            photo_id=about.photo_id,
            zone=about.zone,
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

    async def all(self) -> Sequence[StaffMember]:
        members = (one.member for one in self._state.staff.values())
        return sorted(members, key=lambda one: (one.name, str(one.id)))

    async def locked(self, staff_ids: Collection[UUID]) -> Mapping[UUID, StaffMember]:
        return {staff_id: await self.get(staff_id) for staff_id in staff_ids}

    async def add(self, credentials: Credentials) -> None:
        member = credentials.member
        if await self.by_login(member.login):
            raise identity_errors.LoginTaken(member.login)
        self._state.staff[member.id] = credentials

    async def change(self, member: StaffMember) -> None:
        kept = self._state.staff[member.id]
        changed = replace(member, login=kept.member.login)
        self._state.staff[member.id] = Credentials(changed, kept.password_hash)

    async def change_password(self, staff_id: UUID, password_hash: str) -> None:
        self._state.staff[staff_id] = Credentials(self._state.staff[staff_id].member, password_hash)


class MemoryCatalogue:
    def __init__(self, state: State) -> None:
        self._state = state

    async def is_empty(self) -> bool:
        return not self._state.teams

    async def add_team(self, team_id: UUID, name: str) -> None:
        self._state.teams[team_id] = name

    async def teams(self) -> Sequence[Team]:
        found = (Team(team_id, name) for team_id, name in self._state.teams.items())
        return sorted(found, key=lambda one: (one.name, str(one.id)))

    async def rename_team(self, team_id: UUID, name: str, *, was: str) -> bool:
        if self._state.teams.get(team_id) != was:
            return False
        self._state.teams[team_id] = name
        return True

    async def add_offering(self, offering: Offering) -> None:
        self._state.offerings[offering.id] = offering

    async def locked_offering(self, offering_id: UUID) -> Offering:
        if offering_id not in self._state.offerings:
            raise NotFound(offering_id)
        return self._state.offerings[offering_id]

    async def change_offering(self, offering: Offering) -> None:
        self._state.offerings[offering.id] = offering

    async def order(self, offering_ids: Sequence[UUID]) -> None:
        for offering_id in offering_ids:
            self._state.offerings[offering_id] = self._state.offerings.pop(offering_id)

    async def link(self, adviser_id: UUID, offering_id: UUID) -> None:
        self._state.meets[adviser_id, offering_id] = None

    async def unlink(self, adviser_id: UUID, offering_id: UUID) -> None:
        self._state.meets.pop((adviser_id, offering_id), None)

    async def introduce(self, adviser_id: UUID, texts: Texts) -> None:
        about = self._state.about.get(adviser_id, About())
        self._state.about[adviser_id] = replace(about, texts=texts)

    async def picture(self, adviser_id: UUID, photo_id: UUID | None) -> UUID | None:
        about = self._state.about.get(adviser_id, About())
        self._state.about[adviser_id] = replace(about, photo_id=photo_id)
        return about.photo_id

    async def next_ahead(self, now: datetime, *, offering_id: UUID | None = None) -> UUID | None:
        coming = (
            (one.span.start, one.id)
            for one in self._state.appointments.values()
            if one.is_live and one.span.start > now and offering_id in (None, one.offering_id)
        )
        return min(coming, default=(None, None))[1]

    async def ahead(
        self, now: datetime, *, offering_id: UUID | None = None, adviser_id: UUID | None = None
    ) -> int:
        return sum(
            one.is_live
            and one.span.end > now
            and offering_id in (None, one.offering_id)
            and adviser_id in (None, one.adviser_id)
            for one in self._state.appointments.values()
        )

    async def add_adviser_hours(self, hours: WeeklyHours) -> None:
        self._state.hours[len(self._state.hours)] = hours
