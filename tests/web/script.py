"""What a page's script does: it has the page's secret, and sends JSON."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.web.sign_in_house import Browser


@dataclass(slots=True)
class Script:
    """Of one page, in one browser."""

    browser: Browser
    csrf: str

    async def sends(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json", "Accept-Language": "en"}
        url = f"{self.browser.origin}{path}"
        async with self.browser.client.post(url, json=body, headers=headers, allow_redirects=False) as answer:
            is_json = answer.content_type.endswith("json")
            return answer.status, await answer.json() if is_json else {}


async def script_of(browser: Browser, path: str) -> Script:
    """Open a page whose script is given the page's secret."""
    found = re.search(r'"csrf": ?"([0-9a-f]+)"', unescape((await browser.opens(path)).text))
    assert found is not None, path
    return Script(browser, found[1])
