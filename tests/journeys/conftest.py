"""Each journey on a database by turns, with mail that arrives and browsers that see and hear."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from itertools import cycle
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.async_api import expect

from tests.instances.browser import NewContext
from tests.instances.firefox import NewFirefox
from tests.instances.smtp import Mailbox
from tests.journeys.demo_process import Demo, running_demo

SECONDS = 300
"""What waits for browsers and a server may take so long on a busy machine, unless a test says otherwise."""


PATIENCE_MS = 30_000
"""So long a page may take to show what is expected of it, for the same reason."""

expect.set_options(timeout=PATIENCE_MS)

DATABASES = ("sqlite", "postgresql")


BROWSERS = ("new_context", "new_firefox")
TURNS: Mapping[str, tuple[str, str]] = MappingProxyType({"database_url": DATABASES, "new_browser": BROWSERS})
"""What a journey is walked on by turns, and on the other one in `make slow`."""


@pytest.hookimpl(tryfirst=True)  # before the slow ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    journeys = [item for item in items if item.get_closest_marker("journey")]
    for item in journeys:
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SECONDS))
    for fixture, both in TURNS.items():
        _take_turns([item for item in journeys if not item.get_closest_marker("both")], fixture, both)


def _take_turns(journeys: Iterable[pytest.Item], fixture: str, both: tuple[str, str]) -> None:
    """Leave one of a journey's two to `make slow`, and of the next journey the other one."""
    pairs: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in journeys:
        if _chosen(item, fixture) in both:
            pairs[item.nodeid.partition("[")[0]].append(item)
    whole = [pair for pair in pairs.values() if {_chosen(item, fixture) for item in pair} == set(both)]
    for pair, left_out in zip(whole, cycle(both), strict=False):
        for item in pair:
            if _chosen(item, fixture) == left_out:
                item.add_marker(pytest.mark.slow)


def _chosen(item: pytest.Item, fixture: str) -> object:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get(fixture) if callspec else None


@pytest.fixture(params=BROWSERS)
def new_browser(request: pytest.FixtureRequest) -> NewContext | NewFirefox:
    """Make profiles in Chromium, and then in Firefox."""
    chosen: NewContext | NewFirefox = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Where the demo's data are; empty for SQLite in the demo's own folder."""
    url: str = request.getfixturevalue("demo_postgres") if request.param == "postgresql" else ""
    return url


@pytest.fixture
async def demo(tmp_path: Path, mailbox: Mailbox, database_url: str) -> AsyncIterator[Demo]:
    """Run the demo on one database for one journey; a fault in its log fails the journey."""
    async with running_demo(tmp_path, smtp_url=mailbox.url, database_url=database_url) as running:
        yield running
    assert running.faults == []
