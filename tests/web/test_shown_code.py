"""An offering says whether its advisers see the personal identity code; where not, nobody gets at it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from booking.fact import Actor, Fact, FactKind
from booking.set_up import change_offering
from server.demo_data import MORTGAGE
from tests.web.bound_house import BoundHouse, Guest, bound_house

MASKED, WHOLE = re.compile(r"\d{6}[-+A-FU-Y]\*{4}"), re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")
REASON = {"reason": "Tilin avaaminen"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def shows_code(house: BoundHouse, *, is_on: bool) -> None:
    async with house.face.units.write() as unit:
        await change_offering(unit, MORTGAGE, lambda one: replace(one, shows_code=is_on))


async def identified(house: BoundHouse) -> Guest:
    guest = house.customer(await house.books())
    await guest.comes_in()
    await guest.identifies()
    return guest


async def test_where_it_is_shown_it_is_masked_and_whole_for_a_reason(house: BoundHouse) -> None:
    guest, ilmari = await identified(house), await house.face.staff("ilmari")
    address = f"/desk/appointments/{guest.appointment.id}/identity"

    shown = await ilmari.opens(address)
    whole = await ilmari.sends(shown, address, **REASON)

    assert MASKED.search(shown.text)
    assert not WHOLE.search(shown.text)
    assert WHOLE.search(whole.text)


async def test_where_it_is_not_shown_neither_mask_nor_reason_leads_to_it(house: BoundHouse) -> None:
    guest, ilmari = await identified(house), await house.face.staff("ilmari")
    address = f"/desk/appointments/{guest.appointment.id}/identity"
    form = await ilmari.opens(address)
    await shows_code(house, is_on=False)

    shown = await ilmari.opens(address)
    asked = await ilmari.sends(form, address, **REASON)

    assert "not shown for appointments of this kind" in shown.text
    assert not MASKED.search(shown.text)
    assert f'action="{address}"' not in shown.text
    assert asked.status == 404
    assert not WHOLE.search(asked.text)


async def test_the_page_tells_that_the_badge_fell_until_somebody_identifies_anew(house: BoundHouse) -> None:
    guest, ilmari = await identified(house), await house.face.staff("ilmari")
    address = f"/desk/appointments/{guest.appointment.id}/identity"
    assert "no longer holds" not in (await ilmari.opens(address)).text
    async with house.face.units.write() as unit:
        lost = Fact(
            appointment_id=guest.appointment.id,
            at=house.face.now,
            kind=FactKind.IDENTIFICATION_LOST,
            by=Actor.SYSTEM,
            detail={"reason": "certificate", "seen_by": "adviser"},
        )
        await unit.facts.append(lost)

    shown = await ilmari.opens(address)
    house.face.now += timedelta(minutes=1)
    await guest.identifies()

    assert "Identification no longer holds for the connection" in shown.text
    assert "no longer holds" not in (await ilmari.opens(address)).text


async def test_an_admin_turns_it_off_and_on_by_a_box(house: BoundHouse) -> None:
    admin = await house.face.staff("admin")
    address = f"/admin/offerings/{MORTGAGE}/meeting"
    fields = next(form for form in (await admin.opens(address)).forms() if form["action"] == address)
    assert fields["shows_code"] == "1"

    off = {name: value for name, value in fields.items() if name not in ("action", "shows_code")}
    kept = {"languages": "fi", "assurance": "substantial", "when_down": "nothing"}
    await admin.posts(address, {**off, **kept})

    async with house.face.units.read() as unit:
        assert not (await unit.offerings.get(MORTGAGE)).shows_code
    changes = await admin.opens("/admin/changes")
    assert "Advisers see the personal identity code" in changes.text
