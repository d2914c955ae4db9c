"""Which meetings run into the next one, so that the adviser can say how late they will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.fact import Fact
from booking.lateness import expected_minutes, goes_on, lateness
from booking.presence import adviser_is_there

ASKED_BEFORE = timedelta(minutes=5)
"""So long before the next one the adviser is asked; the house tells by itself once there is no doubt."""


@dataclass(frozen=True, slots=True)
class RunningOver:
    """A meeting that goes on, the next one of its adviser, and how late that one will be at least."""

    appointment: Appointment
    next_one: Appointment
    minutes: int


def running_over(
    appointments: Sequence[Appointment], histories: Mapping[UUID, Sequence[Fact]], *, now: datetime
) -> list[RunningOver]:
    """Return those whose next customer has not been told as much yet."""
    found = []
    in_order = sorted((one for one in appointments if one.is_live), key=lambda one: one.span.start)
    for one in in_order:
        following = next((each for each in in_order if _follows(each, one)), None)
        if following is None or not goes_on(histories.get(one.id, ())):
            continue
        facts, minutes = histories.get(following.id, ()), expected_minutes(following.span.start, now=now)
        is_near = following.span.start - ASKED_BEFORE <= now < following.span.end
        is_told = timedelta(minutes=minutes) <= lateness(facts)
        if is_near and not is_told and not adviser_is_there(facts):
            found.append(RunningOver(one, following, minutes))
    return found


def _follows(later: Appointment, earlier: Appointment) -> bool:
    return later.adviser_id == earlier.adviser_id and later.span.start > earlier.span.start
