"""The background work of a house: its steps in order, and a loop for each channel."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta

from booking.errors import Contended
from server.bounces import fetch_bounces
from server.channels import a_minute, senders_of
from server.house import House
from server.notify.channel import Sender
from server.webhooks.post import open_poster
from server.webhooks.targets import target_rules
from server.workers.chain_looks import ChainLooks
from server.workers.deliveries import Deliveries, started_at
from server.workers.disruptions import Disruptions
from server.workers.heartbeat import WEBHOOKS, WORKER, Heartbeat
from server.workers.loop import Step, work
from server.workers.lost_links import LostLinks
from server.workers.on_the_spot import OnTheSpot
from server.workers.outcomes import Outcomes
from server.workers.pace import Pace
from server.workers.refill import Refill
from server.workers.reminders import Reminders
from server.workers.sweep import Sweep
from server.workers.unserved import Unserved
from server.workers.webhooks import telling


async def run_work(house: House, *, stop: asyncio.Event) -> None:
    """Work until told to stop. Raises BadSettings when a channel cannot use what is set.

    Each channel has a loop of its own: a mail server that is slow to answer holds up nothing but mail.
    """
    senders = senders_of(house)
    async with asyncio.TaskGroup() as group:
        group.create_task(work(_general(house, {one.name for one in senders}), stop=stop))
        for sender in senders:
            group.create_task(_send(house, sender, stop))
        group.create_task(_tell(house, stop))
        group.create_task(fetch_bounces(house, stop))


def _general(house: House, served: Collection[str]) -> Sequence[Step]:
    units, clock = house.units, house.clock
    steps = (
        Heartbeat(units, clock, WORKER),
        Disruptions(units, clock),
        Reminders(units, clock),
        LostLinks(units, clock),
        Refill(units, clock),
        OnTheSpot(units, clock),
        Outcomes(units, clock),
        ChainLooks(units, clock),
        Unserved(units, clock, served),
        Sweep(
            units,
            clock,
            invitations_kept=timedelta(days=house.settings.invitations_kept_days),
            persons_kept=timedelta(days=house.settings.persons_kept_days),
        ),
    )
    return [step.step for step in steps]


async def _send(house: House, sender: Sender, stop: asyncio.Event) -> None:
    """Send by a channel; its loop is alive as long as its steps come to an end."""
    units, clock = house.units, house.clock
    pace = Pace(a_minute(house.settings, sender.name))
    worker = started_at(clock())
    deliveries = Deliveries(units, clock, sender, site=house.site, worker=worker, pace=pace)
    beat = Heartbeat(units, clock, sender.name).step

    async def step() -> bool:
        has_more = await deliveries.step()
        await beat()
        return has_more

    await work([step], stop=stop)
    with suppress(Contended):
        await deliveries.leave()


async def _tell(house: House, stop: asyncio.Event) -> None:
    """Tell subscribers of facts; this loop too is alive as long as its steps come to an end."""
    beat = Heartbeat(house.units, house.clock, WEBHOOKS).step
    async with (
        open_poster(target_rules(house.settings)) as poster,
        telling(house.units, house.clock, poster, house.site) as webhooks,
    ):

        async def step() -> bool:
            has_more = await webhooks.step()
            await beat()
            return has_more

        await work([step], stop=stop)
