"""The background work tells everybody in a disruption, in their language, once and while it holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.cancel import cancel
from booking.confirm import confirm
from booking.disrupt import BATCH, ask_again, declare, end
from booking.disruption import Disruption
from booking.fact import Actor
from booking.letter import LetterDue, LetterKind
from server.database.units import SqlUnits
from server.workers.deliveries import Deliveries
from server.workers.disruptions import Disruptions
from server.workers.reminders import Reminders
from tests.booking.disrupted import DAY, books, disruption
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World
from tests.server.notify.ainos import SITE
from tests.server.workers.test_deliveries import Post

HOUR = timedelta(hours=1)


@pytest.fixture
def post() -> Post:
    """A post office that works."""
    return Post()


async def declared(world: World, **values: object) -> Disruption:
    one = disruption(world, **values)
    async with world.units.write() as unit:
        await declare(unit, one, now=NOW)
    return one


async def works(units: SqlUnits, post: Post) -> list[tuple[str, str]]:
    """Let the background work come to rest; return to whom what was written since the last time."""
    before = len(post.taken)
    deliveries = Deliveries(units, post.clock, post, site=SITE, worker="test")
    for step in (Disruptions(units, post.clock).step, Reminders(units, post.clock).step, deliveries.step):
        while await step():
            pass
    return [(letter.name, letter.subject.split(":")[0]) for letter in post.taken[before:]]


async def test_each_is_told_once_in_their_own_language_with_the_admins_words(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    await books(world)
    await books(world, TEN + HOUR, who=KULLERVO)
    await works(sql_units, post)
    await declared(world)

    told = await works(sql_units, post)

    assert sorted(told) == [(AINO.name, "Störning"), (KULLERVO.name, "Häiriö")]
    swedish, finnish = sorted(post.taken[-2:], key=lambda letter: letter.name)
    assert "Ilmari är sjuk." in swedish.text
    assert "Ilmari on sairaana." in finnish.html
    assert swedish.links[0].url.endswith("/other-times")
    assert await works(sql_units, post) == []


async def test_more_than_a_batch_is_done_in_several(world: World, sql_units: SqlUnits, post: Post) -> None:
    span = replace(DAY, end=DAY.end + 48 * HOUR)
    for number in range(BATCH + 3):
        await books(world, TEN + number * HOUR, who=replace(KULLERVO, name=f"Customer {number}"))
    one = await declared(world, span=span)

    step = Disruptions(sql_units, post.clock).step
    more = [await step(), await step()]

    async with sql_units.read() as unit:
        assert len(await unit.disruptions.concerned(one.id)) == BATCH + 3
    assert more == [True, False]


async def test_words_that_look_like_markup_stay_words(world: World, sql_units: SqlUnits, post: Post) -> None:
    await books(world)
    await works(sql_units, post)
    await declared(world, texts={"sv": "<b>Hej</b> & hej\nBcc: alla"})

    await works(sql_units, post)

    letter = post.taken[-1]
    assert "&lt;b&gt;Hej&lt;/b&gt; &amp; hej<br>Bcc: alla" in letter.html
    assert "<b>Hej</b> & hej\nBcc: alla" in letter.text
    assert "Bcc" not in letter.subject


async def test_who_cancelled_or_kept_meanwhile_is_not_written_to(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    aino, kullervo = await books(world), await books(world, TEN + HOUR, who=KULLERVO)
    one = await declared(world)
    await works(sql_units, post)
    async with sql_units.write() as unit:
        await ask_again(unit, one.id, now=NOW)
    await Disruptions(sql_units, post.clock).step()
    async with sql_units.write() as unit:
        await cancel(unit, aino.id, by=Actor.CUSTOMER, now=NOW)
        await confirm(unit, kullervo.id, by=Actor.CUSTOMER, now=NOW)

    told = await works(sql_units, post)

    assert [name for name, subject in told if subject in ("Välj gärna", "Valintanne puuttuu")] == []
    assert len(told) == 1  # the news that it is cancelled


async def test_no_reminder_asks_anybody_to_come_into_it(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    aino = await books(world)
    await declared(world)
    await works(sql_units, post)
    post.now = TEN - timedelta(minutes=15)

    unanswered = await works(sql_units, post)
    await books(world, TEN + 48 * HOUR, who=KULLERVO)
    async with sql_units.write() as unit:
        kept = await confirm(unit, aino.id, by=Actor.CUSTOMER, now=post.now)
        await unit.outbox.put(
            LetterDue(appointment_id=kept.id, kind=LetterKind.FIFTEEN_MINUTES, sequence=0), at=post.now
        )

    assert unanswered == []
    assert (AINO.name, "Er tid börjar kl. 12.00") in await works(sql_units, post)


async def test_when_it_is_over_everybody_still_in_it_hears_so(
    world: World, sql_units: SqlUnits, post: Post
) -> None:
    await books(world)
    one = await declared(world)
    await works(sql_units, post)
    async with sql_units.write() as unit:
        await end(unit, one.id, now=NOW)

    told = await works(sql_units, post)

    assert [name for name, _ in told] == [AINO.name]
    assert "blir av" in post.taken[-1].subject
    assert await works(sql_units, post) == []
