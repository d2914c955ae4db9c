"""The letter of an offer leads to it, and is not sent once it no longer holds."""

from dataclasses import dataclass, field

import pytest

from booking.appointment import Appointment
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from tests.contracts.waitlisted import DAY, HOUR, Waitlisted
from tests.contracts.world import TEN, World
from tests.server.notify.ainos import SITE


@dataclass(slots=True)
class Post:
    """A channel that keeps what it took."""

    taken: list[Letter] = field(default_factory=list)
    name: str = "mail"

    async def deliver(self, letter: Letter) -> None:
        self.taken.append(letter)

    def offers(self) -> list[Letter]:
        return [one for one in self.taken if "/o/" in one.text]


@pytest.fixture
def people(world: World) -> Waitlisted:
    """Everybody, on each kind of database."""
    return Waitlisted(world)


async def asked(people: Waitlisted) -> Appointment:
    """Let Kullervo wait until Aino gives up her time."""
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await people.cancels(await people.books("Aino", TEN))
    await people.works()
    return kullervo


async def sent(people: Waitlisted) -> Post:
    post = Post()
    units = people.world.units
    deliveries = Deliveries(units, lambda: people.now, post, site=SITE, worker="test")  # type: ignore[arg-type]
    await deliveries.step()
    return post


async def test_the_letter_tells_both_times_and_leads_to_the_offer(people: Waitlisted) -> None:
    kullervo = await asked(people)

    [letter] = (await sent(people)).offers()

    async with people.world.units.read() as unit:
        token = await unit.offers.token((await people.offer(kullervo)).id)
    home = f"https://tapaa.example.org/o/{token}"
    assert [link.url for link in letter.links] == [home, f"{home}/decline"]
    assert letter.subject == "Aikaisempi aika vapautui: tiistai 24.11.2026 klo 12.00"
    for words in (letter.text, letter.html):
        assert "keskiviikko 25.11.2026 klo 12.00" in words  # the own one
        assert "Vastaus viimeistään: maanantai 23.11.2026 klo 9.00." in words
        assert "Keskustelu" not in words  # never the matter


@pytest.mark.parametrize("what", ["declined", "expired", "cancelled"])
async def test_no_letter_goes_out_about_an_offer_that_is_over(people: Waitlisted, what: str) -> None:
    kullervo = await asked(people)
    match what:
        case "declined":
            await people.declines(await people.offer(kullervo))
        case "expired":
            people.now += HOUR
        case "cancelled":
            await people.cancels(kullervo)

    assert (await sent(people)).offers() == []
