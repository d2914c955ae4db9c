"""The ways to identify as a page shows them: banks to choose from, and what does not work just now."""

from asyncio import gather, timeout
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web

from identity.choice import Choices
from identity.disturbance import Disturbance
from identity.provider import IdentityProvider, OffersChoice
from web.disturbances import WAITED_S, Disturbances
from web.i18n import language_of
from web.keys import DISTURBANCES

LONGEST_S = WAITED_S
"""News of troubles must not become one: a provider that tells none in time has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A provider with what it says of itself in the reader's language."""

    name: str
    title: str
    choices: Choices
    disturbances: Sequence[Disturbance]
    has_logo: bool = False


async def shown(
    request: web.Request, providers: Iterable[IdentityProvider], *, is_waited_for: bool = True
) -> list[Way]:
    """Return them with what they tell; who has waited for a bank already gets what is known by now."""
    board, language = request.app[DISTURBANCES], language_of(request)
    patience = LONGEST_S if is_waited_for else 0
    return list(await gather(*(_way(board, each, language, patience) for each in providers)))


async def _way(board: Disturbances, provider: IdentityProvider, language: str, patience: float) -> Way:
    known, choices = await gather(
        board.of([provider], language, patience=patience), _choices(provider, language, patience)
    )
    return Way(
        name=provider.name,
        title=provider.title(language),
        choices=choices,
        disturbances=known.get(provider.name, ()),
        has_logo=bool(provider.logo),
    )


async def _choices(provider: IdentityProvider, language: str, patience: float) -> Choices:
    if not isinstance(provider, OffersChoice):
        return Choices()
    try:
        async with timeout(patience):
            return await provider.choices(language)
    except TimeoutError:
        return Choices()
