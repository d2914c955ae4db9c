"""Each state of the way in, of both sides, as axe sees it, and as narrow as a screen magnified four times.

`.venv/bin/python -m pytest tests/journeys/test_way_in_states.py -s -m slow` prints
`axe: … states × 3 languages × 2 themes: 0 violations`.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize

from tests.instances.browser import DESKTOP, PHONE, NewContext
from tests.journeys.axe import faults_in_both_looks
from tests.journeys.days import next_monday
from tests.journeys.demo_process import running_demo
from tests.journeys.way_in import WayIn, meets_now
from tests.server.papers import pdf, words

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(2400)]

SPOKEN = (
    ("fi-FI", "Asuntolainaneuvottelu"),
    ("sv-FI", "Bolånerådgivning"),
    ("en-GB", "Mortgage meeting"),
)
MAGNIFIED = ViewportSize(width=320, height=256)
SPACED = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important} p {margin-block-end: 2em !important}`);
  document.adoptedStyleSheets = [sheet];
}
"""
LOST = """
() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways to ${root.scrollWidth}`);
  for (const one of document.querySelectorAll('button, a, h1, h2, p, label, summary')) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.closest('.visually-hidden')) continue;
    const {overflowX} = getComputedStyle(one);
    const isCut = overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1;
    if (isCut) found.push(`cuts ${one.textContent.trim()}`);
  }
  document.adoptedStyleSheets = [];
  return found;
}
"""


MOVES = """
() => document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().activeDuration > 1)
  .map((one) => `moves ${one.animationName ?? one.transitionProperty ?? one.id}`)
"""


@dataclass(slots=True)
class Eyes:
    """Looks at each state, and puts the page back as it was."""

    language: str = ""
    states: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    async def look(self, page: Page, name: str) -> None:
        before = page.viewport_size or DESKTOP
        self.states.add(name)
        found = await faults_in_both_looks(page)
        await page.set_viewport_size(MAGNIFIED)
        await page.evaluate(SPACED)
        lost: list[str] = await page.evaluate(LOST)
        await page.set_viewport_size(before)
        await page.emulate_media(reduced_motion="reduce")
        found += await page.evaluate(MOVES)
        await page.emulate_media(reduced_motion="no-preference")
        self.faults += [f"{self.language}, {name}: {each}" for each in found]
        self.lost += [f"{self.language}, {name}: {each}" for each in lost]


async def test_no_state_of_the_way_in_has_a_violation_or_loses_anything_when_magnified(
    tmp_path: Path, new_context: NewContext
) -> None:
    eyes = Eyes()
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The offer"), words("The second page")]))
    for locale, offering in SPOKEN:
        eyes.language = locale
        folder = tmp_path / locale
        folder.mkdir()
        async with running_demo(folder) as demo:
            demo.turn_clock_to(next_monday(demo, 10))
            customers = await new_context(viewport=PHONE, locale=locale, base_url=demo.address)
            staff = await new_context(locale=locale, base_url=demo.address)
            way = await WayIn.of(customers, staff, demo, eyes.look)
            await way.walks(offering, paper)
            await meets_now(way)
        print(
            f"\n{locale}: {len(eyes.states)} states, {len(eyes.faults)} violations, {len(eyes.lost)} lost",
            flush=True,
        )

    print(f"\naxe: {len(eyes.states)} states × 3 languages × 2 themes: {len(eyes.faults)} violations")
    print(f"320 × 256 px with wide letters: {len(eyes.lost)} states scroll sideways or cut words")
    assert eyes.faults == []
    assert eyes.lost == []
