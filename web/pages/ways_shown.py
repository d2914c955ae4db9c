"""The ways to identify as a page shows them: banks to choose from, and what does not work just now."""

from asyncio import gather, timeout
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from identity.choice import Choices
from identity.disturbance import Disturbance
from identity.provider import IdentityProvider, OffersChoice
from web.i18n import language_of

LONGEST_S = 1.5
"""News of troubles must not become one: a provider that tells none in time has none."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A provider with what it says of itself in the reader's language."""

    name: str
    title: str
    choices: Choices
    disturbances: Sequence[Disturbance]


async def shown(request: web.Request, providers: Iterable[IdentityProvider]) -> list[Way]:
    language = language_of(request)
    return list(await gather(*(_way(each, language) for each in providers)))


async def _way(provider: IdentityProvider, language: str) -> Way:
    nothing: Sequence[Disturbance] = ()
    disturbances = await _soon(provider.disturbances(language), nothing)
    choices = Choices()
    if isinstance(provider, OffersChoice):
        choices = await _soon(provider.choices(language), choices)
    return Way(name=provider.name, title=provider.title(language), choices=choices, disturbances=disturbances)


async def _soon(told: Awaitable[T], otherwise: T) -> T:
    try:
        async with timeout(LONGEST_S):
            return await told
    except TimeoutError:
        return otherwise
