"""Every way by which a customer's time is given up, walked as people and programs walk it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select, union_all

from booking.appointment import Appointment
from booking.letter import REMINDERS, Channel, LetterKind
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from server.workers.disruptions import Disruptions
from server.workers.refill import Refill
from server.workers.reminders import Reminders
from tests.instances.sms_gateway import signed_call
from tests.server.notify.ainos import SITE
from tests.web.face_house import FaceHouse
from tests.web.house import NOW
from web.moments import moment_json

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
START = (NOW + 2 * DAY).replace(hour=10, minute=0)
EARLIER, LATER = START - timedelta(hours=2), START + DAY
NUMBER = "+358401234567"


@dataclass(slots=True)
class Post:
    """What leaves by one channel; all of it is taken."""

    name: str
    taken: list[Letter] = field(default_factory=list)

    async def deliver(self, letter: Letter) -> None:
        self.taken.append(letter)


@dataclass(slots=True)
class Booked:
    """Aino's appointment, of which she is told by mail and by text message."""

    house: FaceHouse
    appointment: Appointment
    token: str
    posts: list[Post] = field(default_factory=lambda: [Post(channel) for channel in Channel])

    @property
    def taken(self) -> list[Letter]:
        return [letter for post in self.posts for letter in post.taken]

    async def fall_due(self) -> None:
        for kind in (Disruptions, Reminders):
            await kind(self.house.units, lambda: self.house.now).step()

    async def send(self) -> None:
        for post in self.posts:
            worker = Deliveries(self.house.units, lambda: self.house.now, post, site=SITE, worker="test")
            while await worker.step():
                pass

    async def live_until(self, end: datetime) -> None:
        """Let the time pass, from each moment at which something is due to the next."""
        while self.house.now < end:
            self.house.now = min(await self._next_due(), end)
            await self.fall_due()
            await self.send()

    async def _next_due(self) -> datetime:
        waiting = select(outbox.c.next_at).where(outbox.c.state == Delivery.WAITING)
        async with self.house.engines.reading.connect() as connection:
            found = [*(await connection.execute(union_all(select(reminders.c.due_at), waiting))).scalars()]
        return max(min(found, default=LATER + 2 * DAY), self.house.now + SECOND)

    async def reminded(self, channel: Channel) -> list[tuple[LetterKind, int]]:
        """Return which reminders of Aino's were sent by a channel, and about which of the times."""
        is_hers = (outbox.c.appointment_id == self.appointment.id) & (outbox.c.channel == channel)
        is_sent = (outbox.c.state == Delivery.SENT) & outbox.c.kind.in_(sorted(REMINDERS))
        query = select(outbox).where(is_hers, is_sent).order_by(outbox.c.sent_at)
        async with self.house.engines.reading.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [(LetterKind(row.kind), row.sequence) for row in rows]


async def by_page(one: Booked, act: str) -> None:
    place = f"/a/{one.token}/{act}"
    aino = one.house.browser()
    start = f"?start={moment_json(LATER)}" if act == "move" else ""
    await aino.sends(await aino.opens(f"{place}{start}"), place)


async def by_api(one: Booked, act: str) -> None:
    body = {"start": moment_json(LATER)} if act == "move" else {}
    portal = await one.house.program("booking")
    answer = await portal.post(f"/appointments/{one.appointment.id}/{act}", body)
    assert answer.status == 200


async def by_adviser(one: Booked, act: str, login: str = "ilmari") -> None:
    place = f"/desk/appointments/{one.appointment.id}/{act}"
    staff = await one.house.staff(login)
    start = f"?start={moment_json(LATER)}" if act == "move" else ""
    await staff.sends(await staff.opens(f"{place}{start}"), place)


async def by_admin(one: Booked, act: str) -> None:
    await by_adviser(one, act, "admin")


async def by_text_message(one: Booked, act: str) -> None:
    """Write it twice, as the gateway hands it over."""
    client = one.house.browser().client
    for _ in range(2):
        told = {"id": uuid4().hex, "from": NUMBER, "text": act.upper()}
        body, headers = signed_call(told, int(one.house.now.timestamp()))
        address = f"{one.house.origin}/channels/sms/incoming"
        async with client.post(address, data=body, headers=headers) as answer:
            assert answer.status == 204


async def by_offer(one: Booked, _: str) -> None:
    """Wait for an earlier time, which somebody gives up at this moment, and take it."""
    kullervo, _ = await one.house.books("Kullervo", start=EARLIER)
    aino, home = one.house.browser(), f"/a/{one.token}"
    await aino.sends(await aino.opens(home), f"{home}/waitlist")
    portal = await one.house.program("booking")
    await portal.post(f"/appointments/{kullervo.id}/cancel")
    await Refill(one.house.units, lambda: one.house.now).step()
    async with one.house.units.read() as unit:
        offer = await unit.offers.open_of(one.appointment.id)
        assert offer is not None
        link = f"/o/{await unit.offers.token(offer.id)}"
    await aino.sends(await aino.opens(link), link)


async def by_disruption(one: Booked, act: str) -> None:
    """An admin disrupts the whole day, and the customer answers by the link of that letter."""
    await disrupts_the_day(one, moves="1")
    await by_page(one, act)


async def by_proposal(one: Booked, _: str) -> None:
    """An admin disrupts the whole day, and the customer takes the first time that is proposed."""
    await disrupts_the_day(one, moves="1")
    await one.fall_due()
    aino, place = one.house.browser(), f"/a/{one.token}/other-times"
    await aino.sends(await aino.opens(place), place)


async def disrupts_the_day(one: Booked, **more: str) -> None:
    admin, home = await one.house.staff("admin"), "/admin/disruptions"
    form = {"whom": "house", "first": START.date().isoformat(), "en": "We cannot meet on that day."}
    looked = await admin.sends(await admin.opens(f"{home}/new"), home, **form, **more, go="look")
    await admin.sends(looked, home, go="do")


@dataclass(frozen=True, slots=True)
class Way:
    """How a time is given up, and the module of the web that lets it happen."""

    walk: Callable[[Booked, str], Awaitable[None]]
    act: str
    through: str

    @property
    def name(self) -> str:
        return f"{self.walk.__name__}-{self.act}"


WAYS = (
    Way(by_page, "cancel", "web.pages.manage"),
    Way(by_page, "move", "web.pages.moving"),
    Way(by_api, "cancel", "web.api.changes"),
    Way(by_api, "move", "web.api.changes"),
    Way(by_adviser, "cancel", "web.pages.desk"),
    Way(by_adviser, "move", "web.pages.desk_moving"),
    Way(by_admin, "cancel", "web.pages.desk"),
    Way(by_admin, "move", "web.pages.desk_moving"),
    Way(by_disruption, "cancel", "web.pages.manage"),
    Way(by_disruption, "move", "web.pages.moving"),
    Way(by_proposal, "move", "web.pages.other_times"),
    Way(by_text_message, "cancel", "web.incoming"),
    Way(by_offer, "move", "web.pages.offer"),
)
