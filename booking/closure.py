"""Time in which nothing can be booked."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from booking.time_span import TimeSpan


class ClosureKind(StrEnum):
    """Why nothing can be booked."""

    HOLIDAY = "holiday"
    TIME_OFF = "time_off"
    DISRUPTION = "disruption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Closed time of one adviser, of one offering, or of everybody and everything where none is named.

    `name` is for staff: which holiday, or what they wrote.
    """

    id: UUID
    kind: ClosureKind
    span: TimeSpan
    adviser_id: UUID | None = None
    offering_id: UUID | None = None
    name: str = ""
