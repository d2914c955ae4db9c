"""The people of all tests, as every unit must hold them: Ilmari and Louhi advise, Aino books."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer, wall_time
from booking.availability import WeeklyHours
from booking.offering import Offering
from booking.time_span import TimeSpan
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.database.units import SqlUnits
from tests.memory.units import MemoryUnits

AnyUnits: TypeAlias = SqlUnits | MemoryUnits

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ZONE = "Europe/Helsinki"
LENGTH = timedelta(minutes=45)
AINO = Customer(name="Aino Virtanen", email="aino@example.fi", phone="+358401234567", language="sv")
KULLERVO = Customer(name="Kullervo Kalervonpoika", email="kullervo@example.fi")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    units: AnyUnits
    bank: UUID = field(default_factory=uuid4)
    health: UUID = field(default_factory=uuid4)
    ilmari: UUID = field(default_factory=uuid4)
    louhi: UUID = field(default_factory=uuid4)
    talk: UUID = field(default_factory=uuid4)

    def appointment(
        self, start: datetime = TEN, *, adviser_id: UUID | None = None, customer: Customer = AINO
    ) -> Appointment:
        """Return a new appointment, Aino's with Ilmari unless somebody else is named."""
        return Appointment(
            id=uuid4(),
            offering_id=self.talk,
            adviser_id=adviser_id or self.ilmari,
            span=TimeSpan(start, start + LENGTH),
            zone=ZONE,
            wall_start=wall_time(start, ZONE),
            customer=customer,
            booked_at=NOW,
            source="web",
        )

    async def booked(self, start: datetime = TEN, *, customer: Customer = AINO) -> Appointment:
        """Keep an appointment with Ilmari."""
        appointment = self.appointment(start, customer=customer)
        async with self.units.write() as unit:
            await unit.appointments.add(appointment, now=NOW)
        return appointment


def offering(id: UUID, **values: object) -> Offering:
    defaults: dict[str, object] = {
        "names": {"fi": "Keskustelu", "en": "Talk"},
        "texts": {"fi": "Puhutaan."},
        "length": LENGTH,
        "zone": ZONE,
    }
    return Offering(id=id, **(defaults | values))  # type: ignore[arg-type]  # of the right types above


def member(id: UUID, login: str, team_id: UUID, role: Role = Role.ADVISER) -> Credentials:
    who = StaffMember(id=id, login=login, name=login.title(), role=role, team_id=team_id)
    return Credentials(who, "no hash at all")


async def furnished(units: AnyUnits) -> World:
    """Set up two teams; Ilmari and Louhi meet customers at all hours."""
    world = World(units=units)
    async with units.write() as unit:
        await unit.catalogue.add_team(world.bank, "Bank")
        await unit.catalogue.add_team(world.health, "Health")
        await unit.catalogue.add_offering(offering(world.talk, team_id=world.bank))
        for adviser_id, login, team_id in (
            (world.ilmari, "ilmari", world.bank),
            (world.louhi, "louhi", world.health),
        ):
            await unit.staff.add(member(adviser_id, login, team_id))
            await unit.catalogue.link(adviser_id, world.talk)
            for weekday in range(7):
                await unit.catalogue.add_adviser_hours(all_day(adviser_id, weekday))
    return world


def all_day(adviser_id: UUID, weekday: int) -> WeeklyHours:
    return WeeklyHours(adviser_id=adviser_id, weekday=weekday, start_minute=0, end_minute=1440, zone=ZONE)
