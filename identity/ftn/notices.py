"""What a broker tells before the choice: breaks, and its own list of banks with what must stand beside."""

from asyncio import timeout
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

from identity.choice import Choices, Method
from identity.disturbance import Disturbance
from identity.errors import AssertionRefused
from identity.oidc.strict_json import read_object
from identity.provider import Fetch, FetchFailed

FRESH_S = 300.0
AGAIN_S = 60.0
LONGEST_WAIT_S = 1.0
"""A page with a choice must not wait for a broker that is slow to tell of its troubles."""
LANGUAGES = ("fi", "sv", "en")
TITLES = {
    "fi": "Tunnistautumisessa on katkoja",
    "sv": "Det finns avbrott i identifieringen",
    "en": "There are breaks in identification",
}
LONGEST_TEXT = 1000
MOST = 40

T = TypeVar("T")


class Told(Generic[T]):
    """One thing that a broker publishes, kept for five minutes; asked for again after one where it fails."""

    def __init__(
        self, read: Callable[[], Awaitable[T]], empty: T, tick: Callable[[], float] = monotonic
    ) -> None:
        self._read = read
        self._known = empty
        self._tick = tick
        self._next_at = float("-inf")

    async def get(self) -> T:
        if self._tick() >= self._next_at:
            self._next_at = self._tick() + AGAIN_S
            try:
                async with timeout(LONGEST_WAIT_S):
                    self._known = await self._read()
                self._next_at = self._tick() + FRESH_S
            except (FetchFailed, TimeoutError, AssertionRefused):
                return self._known
        return self._known


async def breaks(fetch: Fetch, address: str) -> dict[str, Disturbance]:
    """Read the breaks by language; an empty file tells of none."""
    texts = (await fetch(address)).decode("utf-8", "replace").split("|")
    told = (" ".join(text.split())[:LONGEST_TEXT] for text in texts)
    return {
        language: Disturbance(TITLES[language], text)
        for language, text in zip(LANGUAGES, told, strict=False)
        if text
    }


async def embedded(fetch: Fetch, address: str) -> tuple[Choices, Disturbance | None]:
    """Read OP's list of banks, what must be shown with it, and what does not work just now."""
    said = read_object(await fetch(address), check="choice")
    listed = said.get("identityProviders")
    methods = [_method(each) for each in (listed if isinstance(listed, list) else [])[:MOST]]
    link = _text(said.get("privacyNoticeLink"))
    choices = Choices(
        methods=[method for method in methods if method is not None],
        said=[text for name in ("isbProviderInfo", "isbConsent") if (text := _text(said.get(name)))],
        link_title=_text(said.get("privacyNoticeText")) or link,
        link=link if link.startswith("https://") else "",
    )
    return choices, _disturbance(said.get("disturbanceInfo"))


def _method(listed: object) -> Method | None:
    if not isinstance(listed, dict):
        return None
    name, title = _text(listed.get("ftn_idp_id")), _text(listed.get("name"))
    return Method(name, title) if name and title else None


def _disturbance(said: object) -> Disturbance | None:
    if not isinstance(said, dict):
        return None
    title, text = _text(said.get("header")), _text(said.get("text"))
    return Disturbance(title, text) if title or text else None


def _text(said: object) -> str:
    return " ".join(said.split())[:LONGEST_TEXT] if isinstance(said, str) else ""
