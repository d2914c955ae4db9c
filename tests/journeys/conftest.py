"""Each journey on a database by turns, with mail that arrives and browsers that see and hear."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import cycle
from pathlib import Path

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


@pytest.hookimpl(tryfirst=True)  # before the slow ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    journeys = [item for item in items if item.get_closest_marker("journey")]
    for item in journeys:
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SECONDS))
    _take_turns(journeys)


def _take_turns(journeys: Iterable[pytest.Item]) -> None:
    """Leave one database of a journey to `make slow`, and of the next one the other."""
    pairs: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in journeys:
        if _database_of(item) and not item.get_closest_marker("both_databases"):
            pairs[item.nodeid.partition("[")[0]].append(item)
    for pair, database in zip(_twice(pairs.values()), cycle(DATABASES), strict=False):
        for item in pair:
            if _database_of(item) == database:
                item.add_marker(pytest.mark.slow)


def _twice(pairs: Iterable[Sequence[pytest.Item]]) -> list[Sequence[pytest.Item]]:
    return [pair for pair in pairs if {_database_of(item) for item in pair} == set(DATABASES)]


def _database_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    found = callspec.params.get("database_url") if callspec else None
    return found if found in DATABASES else None


@pytest.fixture(params=["new_context", "new_firefox"])
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
