"""Which appointments would be left outside the hours, were these changed."""

from collections.abc import Iterable, Sequence

from booking.appointment import Appointment
from booking.availability import Openings


def outside(openings: Openings, appointments: Iterable[Appointment]) -> list[Appointment]:
    """Return the live appointments of one adviser that do not lie wholly in open time of their offering."""
    return [one for one in appointments if one.is_live and not _is_inside(openings, one)]


def left_outside(before: Openings, after: Openings, appointments: Sequence[Appointment]) -> list[Appointment]:
    """Return those that a change leaves outside; who was there already is no news."""
    known = {one.id for one in outside(before, appointments)}
    return [one for one in outside(after, appointments) if one.id not in known]


def _is_inside(openings: Openings, appointment: Appointment) -> bool:
    return openings.for_offering(appointment.offering_id).open_spans(appointment.span) == [appointment.span]
