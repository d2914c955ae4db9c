"""What each side wrote at the end, in memory."""

from uuid import UUID

from booking.afterword import Afterword
from booking.fact import Actor


class MemoryAfterwords:
    def __init__(self, afterwords: dict[tuple[UUID, Actor], Afterword]) -> None:
        self._afterwords = afterwords

    async def of(self, appointment_id: UUID, side: Actor) -> Afterword | None:
        return self._afterwords.get((appointment_id, side))

    async def keep(self, afterword: Afterword) -> bool:
        before = await self.of(afterword.appointment_id, afterword.side)
        if (before.revision if before else 0) != afterword.revision - 1:
            return False
        self._afterwords[afterword.appointment_id, afterword.side] = afterword
        return True
