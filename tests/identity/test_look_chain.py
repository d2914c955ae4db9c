"""Whoever changes, takes out, cuts off or rewrites what was looked at is found out, and where."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from identity.look import START, Kept, Look, Thing, Viewer, link
from identity.look_chain import Break, Broken, Chain, Head
from tests.identity.people import APPOINTMENT, ILMARI, NOW

LOOK = Look(
    at=NOW,
    viewer=Viewer.STAFF,
    by=ILMARI.id,
    thing=Thing.APPOINTMENT,
    thing_id=APPOINTMENT,
    purpose="GET /desk",
    appointment_id=APPOINTMENT,
)


def chained(looks: Sequence[Look]) -> list[Kept]:
    before, found = START, []
    for place, look in enumerate(looks, start=1):
        before = link(before, place, look)
        found.append(Kept(number=place, look=look, place=place, hash=before))
    return found


FIVE = chained([replace(LOOK, at=NOW + timedelta(minutes=number)) for number in range(5)])


async def each(links: Sequence[Kept]) -> AsyncIterator[Kept]:
    for one in links:
        yield one


async def walked(links: Sequence[Kept], noted: dict[int, bytes] | None = None) -> Broken | None:
    return await Chain(noted or {}).walk(each(links))


async def test_a_chain_that_nobody_touched_is_whole() -> None:
    chain = Chain()

    assert await chain.walk(each(FIVE)) is None
    assert (chain.place, chain.hash) == (5, FIVE[-1].hash)
    assert chain.ends_at(Head(5, FIVE[-1].hash or b"")) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW + timedelta(microseconds=1)},
        {"viewer": Viewer.KEY},
        {"by": UUID(int=1)},
        {"thing": Thing.TEXT},
        {"thing_id": UUID(int=1)},
        {"purpose": "GET /"},
        {"reason": "asked to"},
        {"appointment_id": None},
        {"person_id": UUID(int=1)},
    ],
)
async def test_every_field_of_a_look_is_held_by_the_chain(change: dict[str, object]) -> None:
    look = replace(FIVE[2].look, **change)  # type: ignore[arg-type]  # one field a case

    changed = [*FIVE[:2], replace(FIVE[2], look=look), *FIVE[3:]]

    assert await walked(changed) == Broken(Break.CHANGED, 3)


async def test_a_look_taken_out_is_missing_and_two_that_change_places_are_seen() -> None:
    assert await walked([*FIVE[:2], *FIVE[3:]]) == Broken(Break.MISSING, 3)

    swapped = [*FIVE[:2], replace(FIVE[3], place=3), replace(FIVE[2], place=4), FIVE[4]]
    assert await walked(swapped) == Broken(Break.CHANGED, 3)


async def test_the_end_cut_off_is_seen_by_the_head() -> None:
    chain = Chain()
    await chain.walk(each(FIVE[:3]))

    assert chain.ends_at(Head(5, FIVE[-1].hash or b"")) == Broken(Break.CUT, 4)
    assert chain.ends_at(Head(3, FIVE[2].hash or b"", is_ours=False)) == Broken(Break.OTHER_HEAD, 3)


async def test_a_chain_written_anew_is_seen_by_a_head_noted_elsewhere() -> None:
    anew = chained([replace(one.look, by=UUID(int=1)) for one in FIVE])
    noted = {4: FIVE[3].hash or b""}
    assert await walked(FIVE, noted) is None

    assert await walked(anew, noted) == Broken(Break.OTHER_PAST, 4)
    assert await walked(FIVE[:2], noted) == Broken(Break.CUT, 3)
