"""The background work of a house: its steps in order, and the channels that they send by."""

import asyncio

from server.database.demo_letters import DemoLetter
from server.house import House
from server.notify.channel import ChannelContext
from server.notify.channels import load_channels
from server.notify.letter import Letter
from server.settings import BadSettings
from server.workers.deliveries import Deliveries, started_at
from server.workers.disruptions import Disruptions
from server.workers.heartbeat import Heartbeat
from server.workers.loop import work
from server.workers.lost_links import LostLinks
from server.workers.outcomes import Outcomes
from server.workers.refill import Refill
from server.workers.reminders import Reminders
from server.workers.sweep import Sweep


async def run_work(house: House, *, stop: asyncio.Event) -> None:
    """Work until told to stop. Raises BadSettings when a channel cannot use what is set."""
    units, clock = house.units, house.clock
    try:
        channels = load_channels(_context(house))
    except ValueError as error:
        raise BadSettings(str(error)) from None
    deliveries = Deliveries(units, clock, channels, site=house.site, worker=started_at(clock()))
    steps = (
        Heartbeat(units, clock),
        Disruptions(units, clock),
        Reminders(units, clock),
        LostLinks(units, clock),
        Refill(units, clock),
        deliveries,
        Outcomes(units, clock),
        Sweep(units, clock),
    )
    await work([step.step for step in steps], stop=stop)


def _context(house: House) -> ChannelContext:
    async def keep(channel: str, letter: Letter) -> None:
        copy = DemoLetter(
            message_id=letter.message_id,
            channel=channel,
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            links=tuple((link.label, link.url) for link in letter.links),
            at=house.clock(),
        )
        async with house.units.write() as unit:
            await unit.demo_letters.add(copy)

    settings = house.settings
    return ChannelContext(
        is_demo=settings.is_demo,
        smtp_url=settings.smtp_url,
        sender=settings.sender,
        sender_name=settings.organisation,
        keep=keep,
    )
