"""How surely an adviser may ask: what some provider reaches, and first what the law calls strong."""

import re
from datetime import timedelta
from pathlib import Path

from booking.appointment import Customer
from booking.reserve import Wish, reserve
from identity.assurance import Assurance
from server.demo_data import ILMARI, MORTGAGE
from tests.identity.examples.village import Village, context
from tests.identity.examples.village_app import VillageApp
from tests.web.face_house import FaceHouse, face_house
from web.keys import PROVIDERS


class WeakApp(VillageApp):
    assurance = Assurance.LOW


class SureApp(VillageApp):
    assurance = Assurance.SUBSTANTIAL


def two_ways(house: FaceHouse) -> None:
    """Offer a weak way and a sure one."""
    house.app[PROVIDERS] = {"weak": WeakApp(context(Village())), "sure": SureApp(context(Village()))}


async def test_an_adviser_asks_strongly_unless_they_choose_otherwise(tmp_path: Path) -> None:
    async with face_house(tmp_path, furnish=two_ways) as house:
        customer = Customer(name="Aino Virtanen", email="aino@example.com", language="en")
        start = house.now + timedelta(minutes=30)
        wish = Wish(offering_id=MORTGAGE, start=start, customer=customer, adviser_id=ILMARI)
        async with house.units.write() as unit:
            appointment = (await reserve(unit, wish, now=house.now)).appointment
        ilmari = await house.staff("ilmari")

        page = await ilmari.opens(f"/desk/appointments/{appointment.id}/meeting")

    [choice] = re.findall(r'<select[^>]* id="ask-level".*?</select>', page.text, re.DOTALL)
    options = re.findall(r'<option value="(\w+)"( selected)?>', choice)
    assert options == [("low", ""), ("substantial", " selected")]
