"""What providers are known not to do just now: asked once a minute, and never waited for long."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from identity.disturbance import Disturbance
from identity.provider import IdentityProvider

ASKED_AGAIN_S = 60.0
WAITED_S = 0.8
"""A page stands within a second, with what is known until then."""
GIVEN_UP_S = 10.0
MOST = 5
LONGEST = 600


@dataclass(frozen=True, slots=True)
class _Asked:
    at: float
    answer: asyncio.Task[Sequence[Disturbance]]


class Disturbances:
    """Remembers for this process; who answers late is heard on the next page."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str], _Asked] = {}

    async def of(
        self, providers: Sequence[IdentityProvider], language: str, *, patience: float = WAITED_S
    ) -> Mapping[str, Sequence[Disturbance]]:
        """Return what is known by provider; nothing of those who have not answered."""
        tasks = {each.name: self._task(each, language) for each in providers}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=patience)
        return {name: _heard(task) for name, task in tasks.items() if task.done()}

    def _task(self, provider: IdentityProvider, language: str) -> asyncio.Task[Sequence[Disturbance]]:
        now, key = time.monotonic(), (provider.name, language)
        known = self._asked.get(key)
        if known is None or now - known.at >= ASKED_AGAIN_S:
            known = self._asked[key] = _Asked(now, asyncio.create_task(_told(provider, language)))
        return known.answer


def _heard(task: asyncio.Task[Sequence[Disturbance]]) -> Sequence[Disturbance]:
    """Read an answer; a plug-in that breaks its promise to raise nothing takes no page along."""
    return () if task.cancelled() or task.exception() else task.result()


async def _told(provider: IdentityProvider, language: str) -> Sequence[Disturbance]:
    async with asyncio.timeout(GIVEN_UP_S):
        told = await provider.disturbances(language)
    return [Disturbance(each.title[:LONGEST], each.text[:LONGEST]) for each in told[:MOST]]
