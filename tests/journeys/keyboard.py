"""Somebody who has a keyboard and no mouse, and notes where they cannot see or reach."""

from dataclasses import dataclass, field
from re import Pattern

from playwright.async_api import Page

MOST_TABS = 200
SETTLED_MS = 500
"""So long may a page that is drawn anew take to bring what has the focus into sight."""
AT = """
selector => {
  const at = document.activeElement;
  if (!at || at === document.body) return {is_there: false, stop: null, fault: ''};
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
  const y = box.y + box.height / 2, top = document.elementFromPoint(x, y);
  let fault = '';
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) fault = 'shows no focus';
  else if (box.bottom <= 0 || box.top >= innerHeight) fault = 'is out of sight';
  else if (top && ![at, ...at.labels ?? []].some(one => one.contains(top)) && !top.contains(at))
    fault = 'is covered';
  const name = at.id || at.name || at.textContent.trim().slice(0, 40) || at.tagName;
  return {is_there: at.matches(selector), stop: at.dataset.stop ?? null, fault: fault && `${name} ${fault}`};
}
"""
COUNT_STOPS = """
() => {
  const able = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const grouped = new Set();
  let count = 0;
  for (const one of document.querySelectorAll(able)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    if (one.type === 'radio') {
      const group = [...document.getElementsByName(one.name)].filter(other => other.form === one.form);
      if (group.some(other => other.checked) ? !one.checked : grouped.has(group[0])) continue;
      grouped.add(group[0]);
    }
    one.dataset.stop = count++;
  }
  document.activeElement?.blur();
  getSelection()?.setPosition(document.body, 0);
  return count;
}
"""


@dataclass(slots=True)
class Keyboard:
    """Goes by Tab alone; `faults` tells where the focus was not seen or not where it belongs."""

    page: Page
    faults: list[str] = field(default_factory=list)

    async def goes_to(self, selector: str) -> None:
        """Press Tab until the focus is there. Fails if it never comes."""
        for _ in range(MOST_TABS):
            if (await self._tab(selector))[0]:
                return
        raise AssertionError(f"{self.page.url}: {selector} is not reached")

    async def presses(self, selector: str, *, leads_to: str | Pattern[str] | None = None) -> None:
        """Go there and press Enter, and wait for the page that comes of it, if one does."""
        await self.goes_to(selector)
        await self.enters(leads_to=leads_to)

    async def enters(self, *, leads_to: str | Pattern[str] | None = None) -> None:
        await self.page.keyboard.press("Enter")
        if leads_to is not None:
            await self.page.wait_for_url(leads_to)

    async def ticks(self, selector: str) -> None:
        await self.goes_to(selector)
        await self.page.keyboard.press("Space")

    async def writes(self, selector: str, text: str) -> None:
        await self.goes_to(selector)
        await self.page.keyboard.type(text)

    async def walks(self, *, is_in_use: bool = False) -> None:
        """Go through the whole page: each thing that can be used is met, in the order in which it stands.

        On a page that is in use the focus goes on from where it was, so that it is put on the first stop.
        """
        count = await self.page.evaluate(COUNT_STOPS)
        met: list[int] = []
        if is_in_use:
            await self.page.locator('[data-stop="0"]').focus()
            met.append(0)
        for _ in range(MOST_TABS + 3 * count):
            stop = (await self._tab("html"))[1]
            if stop is not None and stop not in met[-1:]:
                met.append(stop)
            if met[-1:] == [count - 1]:
                break
        if met != [*range(count)]:
            self.faults.append(f"{self.page.url}: {count} stops were met as {met}")

    async def _tab(self, selector: str) -> tuple[bool, int | None]:
        await self.page.keyboard.press("Tab")
        at = await self.page.evaluate(AT, selector)
        if at["fault"]:
            await self.page.wait_for_timeout(SETTLED_MS)
            at = await self.page.evaluate(AT, selector)
        if at["fault"]:
            self.faults.append(f"{self.page.url}: {at['fault']}")
        return at["is_there"], None if at["stop"] is None else int(at["stop"])
