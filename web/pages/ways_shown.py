"""The ways to identify as a page shows them: banks to choose from, and what does not work just now."""

from asyncio import gather, timeout
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from identity.choice import Choices
from identity.disturbance import Disturbance
from identity.provider import IdentityProvider, OffersChoice
from web.disturbances import Disturbances
from web.i18n import language_of
from web.keys import DISTURBANCES

LONGEST_S = 0.8
"""News of troubles must not become one: a provider that tells none in time has none."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A provider with what it says of itself in the reader's language."""

    name: str
    title: str
    choices: Choices
    disturbances: Sequence[Disturbance]
    has_logo: bool = False


async def shown(request: web.Request, providers: Iterable[IdentityProvider]) -> list[Way]:
    language = language_of(request)
    return list(await gather(*(_way(request.app[DISTURBANCES], each, language) for each in providers)))


async def _way(board: Disturbances, provider: IdentityProvider, language: str) -> Way:
    known, choices = await gather(board.of([provider], language), _choices(provider, language))
    return Way(
        name=provider.name,
        title=provider.title(language),
        choices=choices,
        disturbances=known.get(provider.name, ()),
        has_logo=bool(provider.logo),
    )


async def _choices(provider: IdentityProvider, language: str) -> Choices:
    nothing = Choices()
    return await _soon(provider.choices(language), nothing) if isinstance(provider, OffersChoice) else nothing


async def _soon(told: Awaitable[T], otherwise: T) -> T:
    try:
        async with timeout(LONGEST_S):
            return await told
    except TimeoutError:
        return otherwise
