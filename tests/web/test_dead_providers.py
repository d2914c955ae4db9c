"""However the other side is down, and whatever we ask of it: the other ways stand there within 3 s."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from booking.set_up import change_offering
from identity.assurance import Assurance
from identity.ftn.provider import FinnishTrustNetwork
from identity.personal_code import SubjectKeys
from identity.provider import Fetch, IdentityProvider, ProviderContext
from server.demo_data import MORTGAGE
from server.fetch import HttpFetch
from tests.bars import Within
from tests.identity.examples.village import Village
from tests.identity.examples.village_app import VillageApp
from tests.identity.ftn.broker import own_keys, request_in
from tests.identity.ftn.test_registration import GENERIC
from tests.web.bound_house import BoundHouse, Guest, bound_house
from tests.web.dead_server import Mood, dead_server
from tests.web.sign_in_house import Page
from tests.web.test_banks import leads_to

LONGEST_S = 3.0
APART_S = 0.4
"""They come one after the other, so that none is measured by what another one's page takes."""
ALIVE = {**GENERIC, "ENVIRONMENT": "test"}


class Pushing(FinnishTrustNetwork):
    name = "pushing"


class Keyless(FinnishTrustNetwork):
    name = "keyless"


class Swapping(FinnishTrustNetwork):
    name = "swapping"


class Ringing(VillageApp):
    name = "ringing"
    assurance = Assurance.SUBSTANTIAL


class FallingSilent(VillageApp):
    name = "falling-silent"
    assurance = Assurance.SUBSTANTIAL


@dataclass(frozen=True, slots=True)
class HalfDead:
    """Rings the village's phones, and knows nothing of them afterwards."""

    village: Village
    dead: HttpFetch

    async def __call__(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        asks: Fetch = self.village.fetch if url.endswith("/ask") else self.dead
        return await asks(url, form)


def context(fetch: Fetch, settings: Mapping[str, str]) -> ProviderContext:
    return ProviderContext(
        public_url="http://localhost",
        back_channel_url="",
        is_production=False,
        subject_keys=SubjectKeys(b"k" * 32),
        fetch=fetch,
        settings=settings,
        own_keys=own_keys,
    )


def providers_at(dead: str, fetch: HttpFetch) -> list[IdentityProvider]:
    """Return one provider for each thing that is asked of the other side."""
    signed = {
        "JWKS": "",
        "SIGNED_JWKS_URL": f"{dead}/keys",
        "ENTITY_ID": "https://broker.example",
        "ENTITY_PIN": "0" * 64,
    }
    keyless = Keyless(context(fetch, {**ALIVE, **signed, "ENTITY_ID": dead}))
    return [
        Pushing(context(fetch, {**ALIVE, "PAR_URL": f"{dead}/par"})),
        keyless,
        Swapping(context(fetch, {**ALIVE, "TOKEN_URL": f"{dead}/token"})),
        Ringing(context(fetch, {"URL": dead})),
        FallingSilent(context(HalfDead(Village(), fetch), {"URL": dead})),
    ]


@dataclass(slots=True)
class Scene:
    house: BoundHouse
    guest: Guest
    took: float = 0.0

    async def posts(self, name: str) -> Page:
        """Press the button of a provider."""
        page = await self.guest.browser.opens(f"{self.guest.home}/identify")
        form = next(form for form in page.forms() if form.get("provider") == name)
        return await self.timed(self.guest.browser.posts(f"{self.guest.home}/identify", form))

    async def rings(self, name: str) -> Page:
        address = f"{self.guest.home}/identify/with/{name}"
        page = await self.guest.browser.opens(address)
        return await self.timed(self.guest.browser.sends(page, address, member="12345"))

    async def timed(self, asked: Awaitable[Page]) -> Page:
        began = monotonic()
        page = await asked
        self.took = monotonic() - began
        return page


async def pushes(scene: Scene) -> Page:
    return await scene.posts("pushing")


async def fetches_keys(scene: Scene) -> Page:
    return await scene.posts("keyless")


async def swaps(scene: Scene) -> Page:
    request = request_in(leads_to(await scene.posts("swapping")))
    address = f"/identify/swapping/callback?code=c&state={request['state']}"
    return await scene.timed(scene.guest.browser.opens(address))


async def rings(scene: Scene) -> Page:
    return await scene.rings("ringing")


async def polls(scene: Scene) -> Page:
    waiting = await scene.rings("falling-silent")
    scene.house.face.now += timedelta(seconds=6)
    return await scene.timed(scene.guest.browser.sends(waiting, f"{scene.guest.home}/identify/waiting"))


OPERATIONS = (pushes, fetches_keys, swaps, rings, polls)


@pytest.fixture(params=Mood, ids=lambda mood: mood.name.lower())
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with AsyncExitStack() as stack:
        fetch = HttpFetch()
        stack.push_async_callback(fetch.close)
        dead = await stack.enter_async_context(dead_server(request.param))
        made = await stack.enter_async_context(bound_house(tmp_path, more=providers_at(dead, fetch)))
        async with made.face.units.write() as unit:
            await change_offering(unit, MORTGAGE, lambda one: replace(one, when_down="code"))
        yield made


@pytest.fixture
async def scenes(house: BoundHouse) -> list[Scene]:
    """Let five browsers come in by one link, each up to the choice, so that only what follows is measured."""
    own_keys()
    booked, found = await house.books(), []
    for _ in OPERATIONS:
        guest = house.customer(booked)
        await guest.comes_in()
        await guest.browser.opens(f"{guest.home}/identify")
        found.append(Scene(house, guest))
    return found


async def test_whatever_is_asked_of_it_the_other_ways_stand_there_in_time(
    scenes: list[Scene], within: Within
) -> None:
    async def tried(number: int) -> Page:
        await asyncio.sleep(number * APART_S)
        return await OPERATIONS[number](scenes[number])

    pages = await asyncio.gather(*map(tried, range(len(OPERATIONS))))

    within(LONGEST_S, *[scene.took for scene in scenes])
    assert ["I have a code from you" in page.text for page in pages] == [True] * 5
    assert ["counted against you" in page.text for page in pages] == [True] * 5
    facts = [fact.detail for fact in await scenes[0].house.face.history(scenes[0].guest.appointment.id)]
    failed = {str(one["provider"]): one["reason"] for one in facts if "reason" in one}
    assert failed == dict.fromkeys(("pushing", "keyless", "swapping", "ringing"), "bank_unavailable")
