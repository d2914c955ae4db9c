"""The background work of a house: its steps in order, and the channels that they send by."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from booking.letter import Channel
from server.database.demo_letters import DemoLetter
from server.house import House
from server.notify.channel import ChannelContext, Sender
from server.notify.channels import load_senders
from server.notify.demo_outbox import DemoOutbox
from server.notify.letter import Letter
from server.settings import BadSettings
from server.workers.deliveries import Deliveries, started_at
from server.workers.disruptions import Disruptions
from server.workers.heartbeat import WORKER, Heartbeat
from server.workers.loop import Step, work
from server.workers.lost_links import LostLinks
from server.workers.outcomes import Outcomes
from server.workers.refill import Refill
from server.workers.reminders import Reminders
from server.workers.sweep import Sweep


async def run_work(house: House, *, stop: asyncio.Event) -> None:
    """Work until told to stop. Raises BadSettings when a channel cannot use what is set.

    Each channel has a loop of its own: a mail server that is slow to answer holds up nothing but mail.
    """
    loops = [_general(house), *(_sending(house, sender) for sender in _senders(house))]
    async with asyncio.TaskGroup() as group:
        for steps in loops:
            group.create_task(work(steps, stop=stop))


def _general(house: House) -> Sequence[Step]:
    units, clock = house.units, house.clock
    steps = (
        Heartbeat(units, clock, WORKER),
        Disruptions(units, clock),
        Reminders(units, clock),
        LostLinks(units, clock),
        Refill(units, clock),
        Outcomes(units, clock),
        Sweep(units, clock, invitations_kept=timedelta(days=house.settings.invitations_kept_days)),
    )
    return [step.step for step in steps]


def _sending(house: House, sender: Sender) -> Sequence[Step]:
    units, clock = house.units, house.clock
    deliveries = Deliveries(units, clock, sender, site=house.site, worker=started_at(clock()))
    return [Heartbeat(units, clock, sender.name).step, deliveries.step]


def _senders(house: House) -> Sequence[Sender]:
    """Return a sender for each channel that is set up; in a demo each channel is, and copies are kept."""
    settings = house.settings
    context = ChannelContext(
        smtp_url=settings.smtp_url, sender=settings.sender, sender_name=settings.organisation
    )
    try:
        senders = load_senders(context)
    except ValueError as error:
        raise BadSettings(str(error)) from None
    if not settings.is_demo:
        return senders
    onward = {sender.name: sender for sender in senders}
    return [DemoOutbox(channel.value, _copies(house), onward.get(channel)) for channel in Channel]


def _copies(house: House) -> Callable[[str, Letter], Awaitable[None]]:
    """Return what keeps a copy of a letter for the demo's outbox page."""

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

    return keep
