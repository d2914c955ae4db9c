"""Around the start: who is missed is called in, who is held up is told; each once, on the real stores."""

from datetime import datetime, timedelta

import pytest

from booking.appointment import Appointment, Customer
from booking.attend import come_in, record
from booking.fact import Actor, FactKind
from booking.reserve import Wish, reserve
from server.database.units import SqlUnits
from server.workers.deliveries import Deliveries
from server.workers.on_the_spot import OnTheSpot
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, TEN, World
from tests.server.notify.ainos import SITE
from tests.server.workers.test_deliveries import Post

MINUTE = timedelta(minutes=1)
ADVISER = Actor.ADVISER
CALLED_IN = "Vi väntar på er: er tid började kl. 12.00"


@pytest.fixture
def post() -> Post:
    """A post office that works."""
    return Post()


async def booked(world: World, start: datetime, customer: Customer) -> Appointment:
    async with world.units.write() as unit:
        wish = Wish(offering_id=world.talk, start=start, customer=customer, adviser_id=world.ilmari)
        return (await reserve(unit, wish, now=NOW)).appointment


async def happens(world: World, appointment: Appointment, at: datetime, *kinds: FactKind) -> None:
    async with world.units.write() as unit:
        for kind in kinds:
            await record(unit, appointment.id, kind, by=ADVISER, now=at)


async def looks(sql_units: SqlUnits, post: Post, now: datetime) -> list[str]:
    """Let the background work look, and send what comes of it; return the new subjects."""
    post.now, post.taken = now, []
    await OnTheSpot(sql_units, post.clock).step()
    await OnTheSpot(sql_units, post.clock).step()  # a second worker
    await Deliveries(sql_units, post.clock, post, site=SITE, worker="test").step()
    return [letter.subject for letter in post.taken]


async def test_who_is_missed_gets_one_letter_with_the_way_in(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    appointment = await booked(world, TEN, AINO)
    await looks(sql_units, post, NOW)
    await happens(world, appointment, TEN, FactKind.ADVISER_READY)

    early = await looks(sql_units, post, TEN + 2 * MINUTE)
    letters = await looks(sql_units, post, TEN + 3 * MINUTE)
    [letter] = post.taken
    later = await looks(sql_units, post, TEN + 5 * MINUTE)

    assert (early, letters, later) == ([], [CALLED_IN], [])
    assert [link.url.rpartition("/")[2] for link in letter.links] == ["door", "again", "call"]


async def test_the_letter_is_not_sent_to_who_came_while_it_waited(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    appointment = await booked(world, TEN, AINO)
    await looks(sql_units, post, NOW)
    await happens(world, appointment, TEN, FactKind.ADVISER_READY)
    post.now = TEN + 3 * MINUTE
    await OnTheSpot(sql_units, post.clock).step()
    async with world.units.write() as unit:
        await come_in(unit, appointment.id, now=post.now)

    assert await looks(sql_units, post, TEN + 3.5 * MINUTE) == []


async def test_the_next_customer_hears_once_that_the_meeting_before_goes_on(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    before, following = await booked(world, TEN, AINO), await booked(world, TEN + LENGTH, KULLERVO)
    await looks(sql_units, post, NOW)
    await happens(world, before, TEN, FactKind.ADVISER_READY, FactKind.ADMITTED)
    start = following.span.start

    told = await looks(sql_units, post, start - MINUTE)
    body = post.taken[0].text
    more = await looks(sql_units, post, start + 4 * MINUTE)
    async with world.units.read() as unit:
        facts = await unit.facts.of(following.id)

    assert (told, more) == (["Neuvojanne on myöhässä: aikanne klo 12.45"], [])
    assert "Neuvojanne myöhästyy noin 5 minuuttia." in body
    late = [fact.detail["minutes"] for fact in facts if fact.kind is FactKind.RUNNING_LATE]
    assert late == [5, 10]
