"""A tab that can be hidden: Playwright takes every page that it holds for seen, whatever stands before it."""

import asyncio
import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from playwright.async_api import Browser, CDPSession

PATIENCE_SECONDS = 20


class OwnTab:
    """A tab of Chromium's first window, led by the DevTools protocol alone; made by `own_tab()`."""

    def __init__(self, browser: CDPSession, session_id: str) -> None:
        self._browser = browser
        self._session_id = session_id
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        browser.on("Target.receivedMessageFromTarget", self._hear)

    async def evaluate(self, expression: str) -> Any:
        """Return what an expression, or the promise that it makes, comes to. Raises AssertionError."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        how = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        message = json.dumps({"id": number, "method": "Runtime.evaluate", "params": how})
        await self._browser.send(
            "Target.sendMessageToTarget", {"sessionId": self._session_id, "message": message}
        )
        told = (await answer)["result"]
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def goes_behind(self) -> None:
        """Open another tab before it."""
        await self._browser.send("Target.createTarget", {"url": "about:blank"})

    def _hear(self, told: Mapping[str, Any]) -> None:
        message = json.loads(told["message"])
        if told["sessionId"] == self._session_id and "id" in message:
            self._waiting.pop(message["id"]).set_result(message)


async def own_tab(browser: Browser, url: str) -> OwnTab:
    """Open it, and wait until its page says that it is ready."""
    session = await browser.new_browser_cdp_session()
    target = await session.send("Target.createTarget", {"url": url})
    which = {"targetId": target["targetId"], "flatten": False}
    attached = await session.send("Target.attachToTarget", which)
    tab = OwnTab(session, attached["sessionId"])
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await tab.evaluate("document.body?.dataset.ready"):
            continue
    return tab
