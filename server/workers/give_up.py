"""Give a letter up: it has failed for good, and its appointment's history says so."""

from datetime import datetime
from uuid import UUID

from booking.letter import LetterDue
from booking.not_reminded import NotReminded, not_reminded
from server.database.unit import SqlUnit


async def give_up(
    unit: SqlUnit, letter_id: UUID, letter: LetterDue, why: NotReminded, *, now: datetime, reason: str = ""
) -> None:
    """Mark it as failed, once; `reason` is what the other side said, for operators."""
    if await unit.outbox.mark_failed(letter_id, reason or why.value):
        await not_reminded(unit, letter, why, now=now)
