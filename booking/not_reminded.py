"""Write down that a letter will not arrive, so that the staff see it and can call."""

from datetime import datetime
from enum import StrEnum

from booking.fact import Actor, Fact, FactKind
from booking.letter import LetterDue
from booking.ports import BookingUnit


class NotReminded(StrEnum):
    """Why a letter did not arrive."""

    NO_ADDRESS = "no_address"
    NO_CHANNEL = "no_channel"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    TOO_LATE = "too_late"
    CAME_BACK = "came_back"
    STOPPED = "stopped"


async def not_reminded(unit: BookingUnit, letter: LetterDue, why: NotReminded, *, now: datetime) -> None:
    """Append the fact to the appointment's history: which letter, by which channel, and why."""
    detail = {"letter": letter.kind.value, "channel": letter.channel.value, "why": why.value}
    await unit.facts.append(
        Fact(
            appointment_id=letter.appointment_id,
            at=now,
            kind=FactKind.NOT_REMINDED,
            by=Actor.SYSTEM,
            detail=detail,
        )
    )
