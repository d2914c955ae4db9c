"""One identification by mobile certificate, from the request to what became of it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from identity.errors import AssertionRefused, IdentificationFailed
from identity.identification import Identified
from identity.prompt import Pending
from identity.provider import PromptingProvider
from tests.identity.mobile_id.hostile import Wire
from tests.identity.people import NOW, a_trip, an_attempt

LATER = NOW + timedelta(seconds=20)
AINO = "040 000 0001"


@dataclass(frozen=True, slots=True)
class Walk:
    wire: Wire
    provider: PromptingProvider

    async def ends(
        self, *, number: str = AINO, code: str = "", answer: int | None = 0
    ) -> Identified | Pending:
        """Ask, let the person answer, and look once."""
        attempt = an_attempt(self.provider.name)
        read = self.provider.read({"number": number, "code": code})
        prompt = await self.provider.prompt(a_trip(attempt), read)
        if answer is not None:
            self.wire.operator.is_answered(answer)
        return await self.provider.poll(a_trip(attempt, now=LATER), prompt.memo)

    async def fails(self, **said: str | int) -> IdentificationFailed:
        with pytest.raises(IdentificationFailed) as failed:
            await self.ends(**said)  # type: ignore[arg-type]  # passed on as they came
        return failed.value

    async def is_refused_by(self) -> str:
        """Return the name of the check that refused it."""
        failed = await self.fails()
        assert isinstance(failed, AssertionRefused), repr(failed)
        return failed.check


def walk(wire: Wire, **settings: str) -> Walk:
    return Walk(wire, wire.provider(**settings))
