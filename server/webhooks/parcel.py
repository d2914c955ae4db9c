"""Everything that a notice is told with, as it was when the fact happened."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from booking.errors import NotFound
from booking.fact import TIMED, Fact, told_span
from booking.notice import Notice
from booking.subscriber import Subscriber
from booking.time_span import TimeSpan
from server.database.unit import SqlUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A fact, and the appointment's time and zone just then."""

    fact: Fact
    span: TimeSpan
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A notice about to be told; a trial of the line tells nothing that happened."""

    notice: Notice
    subscriber: Subscriber
    secrets: tuple[str, ...]
    happened: Happened | None


async def packed(unit: SqlUnit, notice: Notice, *, now: datetime) -> Parcel | None:
    """Gather what a notice needs; None when its subscriber or its appointment is gone."""
    try:
        return Parcel(
            notice=notice,
            subscriber=await unit.subscribers.get(notice.subscriber_id),
            secrets=tuple(await unit.subscribers.secrets(notice.subscriber_id, now=now)),
            happened=await _happened(unit, notice),
        )
    except NotFound:
        return None


async def _happened(unit: SqlUnit, notice: Notice) -> Happened | None:
    if notice.about is None:
        return None
    appointment = await unit.appointments.get(notice.about.appointment_id)
    until = [fact for fact in await unit.facts.of(appointment.id) if fact.seq <= notice.about.seq]
    if not until:
        raise NotFound
    timed = [fact for fact in until if fact.kind in TIMED]
    span = told_span(timed[-1]) if timed else appointment.span
    return Happened(fact=until[-1], span=span, zone=ZoneInfo(appointment.zone))
