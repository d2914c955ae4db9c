"""What somebody does while they practise, step by step."""

import time
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.journeys.demo_process import Demo

STEPS = ("greeting", "page", "mute", "unmute")
AT_LAST_MS = 70_000


@dataclass(slots=True)
class Practising:
    """One person on the page of the practice."""

    page: Page
    demo: Demo
    began: float = 0.0

    async def opens(self, path: str) -> None:
        self.began = time.monotonic()
        answer = await self.page.goto(self.demo.address + path)
        assert answer is not None
        assert answer.ok, answer.status

    async def starts(self) -> None:
        await self.page.locator("#practice-yes").click()

    async def is_at(self, step: str) -> None:
        at = self.page.locator(f'#practice-steps [data-step="{step}"]')
        await expect(at).to_have_attribute("aria-current", "step", timeout=30_000)

    async def answers(self, step: str, button: str = "yes") -> None:
        """Wait for a step, take the moment that a reader takes, and press once."""
        await self.is_at(step)
        await self.page.wait_for_timeout(600)
        await self.page.locator(f"#practice-{button}").click()

    async def walks(self) -> None:
        await self.starts()
        for step in STEPS:
            await self.answers(step)

    async def verdict(self) -> tuple[str, str]:
        """Return how good it was, and the one sentence."""
        practice = self.page.locator("#practice")
        await expect(practice).to_have_attribute("data-state", "done", timeout=AT_LAST_MS)
        kind = await practice.get_attribute("data-verdict") or ""
        return kind, await self.page.locator("#practice-advice").inner_text()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began
