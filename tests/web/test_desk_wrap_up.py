"""After the meeting: whether the computed outcome is right, in one tap, and asked for until said."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.attend import record
from booking.close import close
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from tests.web.face_house import SOON, FaceHouse, face_house

MINUTE = timedelta(minutes=1)
OVER = "The meeting is over"
COMING = (
    (FactKind.ADVISER_READY, Actor.ADVISER, 0),
    (FactKind.ADMITTED, Actor.ADVISER, 1),
    (FactKind.MEDIA_CONNECTED, Actor.CUSTOMER, 2),
    (FactKind.MEDIA_CONNECTED, Actor.ADVISER, 2),
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def meets(house: FaceHouse) -> UUID:
    """Let a meeting take place; it goes on."""
    appointment, _ = await house.books()
    async with house.units.write() as unit:
        for kind, by, minutes in COMING:
            await record(unit, appointment.id, kind, by=by, now=SOON + minutes * MINUTE)
    house.now = SOON + 20 * MINUTE
    return appointment.id


async def ends(house: FaceHouse, appointment_id: UUID) -> None:
    async with house.units.write() as unit:
        await record(unit, appointment_id, FactKind.ENDED, by=Actor.ADVISER, now=house.now)


async def test_a_meeting_that_ended_is_looked_back_at_in_two_taps(house: FaceHouse) -> None:
    appointment_id = await meets(house)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment_id}/wrap-up"
    before = await ilmari.opens("/desk")
    await ends(house, appointment_id)
    desk = await ilmari.opens("/desk")
    asked = await ilmari.opens(place)

    done = await ilmari.sends(asked, place)

    assert (OVER in before.text, OVER in desk.text, OVER in done.text) == (False, True, False)
    assert f'href="{place}"' in desk.text
    assert "<strong>Met</strong>" in asked.text
    assert done.address == "/desk?done=wrapped"
    assert (await house.kinds(appointment_id))[-1] == "wrapped_up"


async def test_who_says_otherwise_disputes_the_outcome_which_stays_as_computed(house: FaceHouse) -> None:
    appointment_id = await meets(house)
    await ends(house, appointment_id)
    await house.units.do(lambda unit: close(unit, appointment_id, now=house.now))
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment_id}/wrap-up"

    await ilmari.sends(await ilmari.opens(place), place, said="met_by_phone")

    *_, disputed, wrapped = await house.history(appointment_id)
    assert (disputed.kind, wrapped.kind) == (FactKind.DISPUTED, FactKind.WRAPPED_UP)
    assert disputed.detail == {"computed": "met", "said": "met_by_phone"}
    assert (await house.appointment(appointment_id)).outcome is Outcome.MET


async def test_saying_it_twice_says_it_once_and_leads_to_the_next_booking(house: FaceHouse) -> None:
    appointment_id = await meets(house)
    await ends(house, appointment_id)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment_id}/wrap-up"
    form = await ilmari.opens(place)

    first = await ilmari.sends(form, place, after="book")
    await ilmari.sends(form, place, said="customer_no_show")

    assert first.address == f"/desk/appointments/{appointment_id}/again"
    kinds = await house.kinds(appointment_id)
    assert (kinds.count("wrapped_up"), kinds.count("disputed")) == (1, 0)


async def test_nothing_is_asked_of_who_was_not_there_and_not_for_ever(house: FaceHouse) -> None:
    absent, _ = await house.books("Kullervo", start=SOON + timedelta(hours=1))
    appointment_id = await meets(house)
    await ends(house, appointment_id)
    house.now = SOON + timedelta(hours=3)
    await house.units.do(lambda unit: close(unit, absent.id, now=house.now))
    soon = await (await house.staff("ilmari")).opens("/desk")
    house.now = SOON + timedelta(days=2)
    later = await (await house.staff("ilmari")).opens("/desk")

    assert (soon.text.count(OVER), later.text.count(OVER)) == (1, 0)


async def test_a_meeting_that_goes_on_and_another_teams_are_refused(house: FaceHouse) -> None:
    appointment_id = await meets(house)
    place = f"/desk/appointments/{appointment_id}/wrap-up"
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    form = (await ilmari.opens("/desk")).forms()[0]

    early = await ilmari.posts(place, form | {"said": "met"})
    await ends(house, appointment_id)
    hers = (await louhi.opens("/desk")).forms()[0] | {"said": "met"}
    strange = [await louhi.opens(place), await louhi.posts(place, hers)]

    assert early.status == 409
    assert [page.status for page in strange] == [404, 404]
    assert "wrapped_up" not in await house.kinds(appointment_id)
