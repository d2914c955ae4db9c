"""What costs us something is counted, also for those who hold nothing in their hands."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.databases import DATABASES, migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, asked, rights_house
from web.public_site import Allowance

FEW = Allowance(bookings_a_minute=2, unknown_keys_a_minute=2, pages_a_minute=4, slot_pages_a_minute=2)
BOOK = ("POST", "/api/v1/appointments")


@pytest.fixture(params=DATABASES)
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RightsHouse]:
    async with (
        migrated(request.param, request, tmp_path) as url,
        rights_house(tmp_path, url, allowance=FEW) as made,
    ):
        yield made


async def test_an_address_books_but_so_often(house: RightsHouse) -> None:
    told = [(await asked(house, Asker.NOBODY, ("POST", "/book/holds/{hold_id}"))).status for _ in range(3)]

    assert told == [303, 409, 429]  # the second is the same person's at the same time


async def test_the_page_that_costs_most_is_counted_by_itself(house: RightsHouse) -> None:
    told = [(await asked(house, Asker.NOBODY, ("GET", "/book/{offering_id}"))).status for _ in range(3)]

    assert told == [200, 200, 429]


async def test_keys_cannot_be_guessed_for_long_and_a_right_one_waits_as_well(house: RightsHouse) -> None:
    route = ("GET", "/api/v1/offerings")
    assert (await asked(house, Asker.KEY_ALL, route)).status == 200

    told = [(await asked(house, Asker.KEY_REVOKED, route)).status for _ in range(3)]

    assert told == [401, 401, 429]


async def test_the_api_is_counted_by_address_for_who_has_no_key(house: RightsHouse) -> None:
    told = [(await asked(house, Asker.NOBODY, ("GET", "/api/v1/docs"))).status for _ in range(4)]

    assert told == [200, 200, 200, 429]  # the first page of the four was /practice


async def test_an_answer_that_is_kept_for_a_second_call_holds_no_link_in_clear(house: RightsHouse) -> None:
    once = {"Idempotency-Key": "once"}
    first = await asked(house, Asker.KEY_ALL, BOOK, headers=once)

    again = await asked(house, Asker.KEY_ALL, BOOK, headers=once)

    assert (first.status, again.body) == (201, first.body)
    link = re.search(r"/a/([\w-]{22})", first.whole)
    assert link is not None
    assert link[1] not in await house.dump()


@pytest.mark.parametrize(("path", "status"), [("/health/live", 200), ("/health/ready", 200), ("/", 421)])
async def test_health_alone_answers_under_any_host(house: RightsHouse, path: str, status: int) -> None:
    answer = await house.asks(Asker.NOBODY, "GET", path, headers={"Host": "10.0.0.7"})

    assert answer.status == status


async def test_documents_are_handed_in_but_so_often(house: RightsHouse) -> None:
    route = ("POST", "/a/{token}/documents")
    told = [(await house.asks(Asker.AINO, *route, sends={})).status for _ in range(41)]

    assert told == [415] * 40 + [429]  # a form without a file: refused for that as long as it is read
