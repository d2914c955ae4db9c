"""The letters that a demo kept to itself."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page


@dataclass(frozen=True, slots=True)
class Outbox:
    """What lies there, read by somebody's browser."""

    page: Page

    async def link(self, to: str, pattern: str) -> str:
        """Wait for a letter to somebody with such an address in it, and return the address's path."""
        for _ in range(80):
            for letter in await self._letters():
                found = re.search(pattern, " ".join(letter["links"]))
                if letter["to"] == to and found:
                    return found[0]
            await self.page.wait_for_timeout(250)
        raise AssertionError(f"no letter with {pattern} came to {to}")

    async def text_message(self, to: str, words: str) -> str:
        """Wait for a text message to a number with such words in it, and return it."""
        for _ in range(80):
            for letter in await self._letters():
                if (letter["channel"], letter["to"]) == ("sms", to) and words in letter["text"]:
                    return str(letter["text"])
            await self.page.wait_for_timeout(250)
        raise AssertionError(f"no text message with {words} came to {to}")

    async def _letters(self) -> list[dict[str, Any]]:
        answer = await self.page.request.get("/demo/outbox.json")
        letters: list[dict[str, Any]] = await answer.json()
        return letters
