"""Fetching what mail servers return, in an installation whose settings name a mailbox for it."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from server.channels import names_of, return_address
from server.house import House
from server.notify.bounce_box import BounceBox
from server.notify.encryption import authorities
from server.settings import Settings
from server.workers.heartbeat import BOUNCES, Heartbeat
from server.workers.loop import work
from server.workers.returns import Returns


async def fetch_bounces(house: House, stop: asyncio.Event) -> None:
    """Fetch until told to stop, or not at all where no mailbox is set."""
    returns = return_address(house.settings)
    if returns is None or not house.settings.bounce_imap_url:
        return
    trust = authorities(house.settings.smtp_ca)
    box = BounceBox(urlsplit(house.settings.bounce_imap_url), returns.mailbox, trust)
    steps = (Heartbeat(house.units, house.clock, BOUNCES), Returns(house.units, house.clock, box, returns))
    await work([one.step for one in steps], stop=stop)


def watched(settings: Settings) -> Sequence[str]:
    """Name the loops about letters that should be alive: one for each channel, and that which fetches."""
    return [*names_of(settings), *([BOUNCES] if settings.bounce_imap_url else [])]
