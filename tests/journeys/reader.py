"""What a screen reader would read aloud by itself: changes in live regions, in their order."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, expect

EAR = """
(() => {
  const REGIONS = ':is([role="status"], [role="alert"], [role="log"], [aria-live])';
  const before = new WeakMap();
  window.spoken = [];
  const words = region => region.checkVisibility({visibilityProperty: true})
    ? region.innerText.replace(/\\s+/g, ' ').trim() : null;
  const listen = isFirst => {
    for (const region of document.querySelectorAll(REGIONS)) {
      const now = words(region), old = before.get(region);
      before.set(region, now);
      if (isFirst || !now || now === old) continue;
      const isAlert = region.getAttribute('role') === 'alert';
      const isHeard = isAlert || (old !== undefined && old !== null);
      const isWhole = region.getAttribute('aria-atomic') !== 'false';
      const text = isWhole || !old ? now : now.replace(old, '').trim();
      if (text) window.spoken.push({text, isHeard, isAlert, region: region.id || region.className});
    }
  };
  const start = () => {
    listen(true);
    new MutationObserver(() => listen(false)).observe(document.documentElement, {
      subtree: true, childList: true, characterData: true, attributes: true});
  };
  if (document.readyState === 'loading') document.addEventListener('readystatechange', start, {once: true});
  else start();
})();
"""
"""A polite region that was not there before it spoke is not heard: readers watch only what they know.

It listens from when the page is parsed, before its scripts run: on a fast machine these speak at once.
"""


@dataclass(slots=True)
class Reader:
    """Listens to a page's live regions from its next load on."""

    page: Page

    @classmethod
    async def on(cls, page: Page) -> "Reader":
        await page.add_init_script(EAR)
        return cls(page)

    async def said(self) -> list[str]:
        """Return what was read aloud since it was asked last. Fails if a region spoke unheard."""
        spoken: list[dict[str, Any]] = await self.page.evaluate("window.spoken.splice(0)")
        unheard = [one for one in spoken if not one["isHeard"]]
        assert unheard == [], unheard
        return [one["text"] for one in spoken]

    async def hears(self, text: str, *, among: int = 8) -> list[str]:
        """Wait until it is read aloud; return all since the last time. Fails if it comes twice."""
        await self.page.wait_for_function(
            "text => window.spoken.some(one => one.text.includes(text))", arg=text, timeout=20_000
        )
        await self.page.wait_for_timeout(600)  # long enough for a second time, if there is one
        said = await self.said()
        assert len([one for one in said if text in one]) == 1, said
        assert len(said) <= among, said
        return said


async def named(page: Page, role: Any, name: str) -> None:
    """Check that the accessibility tree has one such thing, and that it has no other name."""
    await expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)
