"""Each journey on both databases, with mail that arrives and browsers that see and hear."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.instances.smtp import Mailbox
from tests.journeys.demo_process import Demo, running_demo


@pytest.fixture(params=["sqlite", "postgresql"])
async def demo(
    request: pytest.FixtureRequest, tmp_path: Path, mailbox: Mailbox, postgres_url: str
) -> AsyncIterator[Demo]:
    """Run the demo on one database for one journey; a fault in its log fails the journey."""
    database_url = postgres_url if request.param == "postgresql" else ""
    async with running_demo(tmp_path, smtp_url=mailbox.url, database_url=database_url) as running:
        yield running
    assert running.faults == []
