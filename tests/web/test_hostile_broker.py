"""The negative table: each row is right but for one thing, is refused for it, and leaves nothing behind."""

import json
from collections.abc import AsyncIterator, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from identity.door import behind_the_door, identified_as
from tests.identity.hostile import answers, claims, published, seals, signatures
from tests.identity.hostile.broker import REAL_PERSON, WELL
from tests.identity.hostile.fault import Fault, Setting, Step, fault_id
from tests.web.hostile_house import HostileHouse, Trip, hostile_house
from tests.web.sign_in_house import Page

NEGATIVE = (
    *answers.CALLBACKS,
    *answers.TOKENS,
    *seals.SEALS,
    *signatures.SIGNATURES,
    *claims.CLAIMS,
    *published.PUBLISHED,
)
TAKEN = (*answers.TAKEN, *seals.TAKEN, *signatures.TAKEN, *claims.TAKEN, *published.TAKEN)
PERSONAL = ("010594Y9021", "010594Y9022", "131052-308T", "Virtanen", "Aino", "Louhi", "1994-05-01", "Bearer")


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[HostileHouse]:
    async with hostile_house(tmp_path_factory.mktemp("refused")) as house:
        yield house


@pytest.fixture(scope="module")
async def one_text(house: HostileHouse) -> str:
    """Return what is said to everybody whose assertion was refused, whatever was wrong with it."""
    return (await house.identifies(signatures.SIGNATURES[0])).text


@pytest.fixture
async def own_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[HostileHouse]:
    """Open a house for one test, which may leave somebody identified in it."""
    async with hostile_house(tmp_path_factory.mktemp("taken")) as house:
        yield house


@pytest.mark.parametrize("row", [WELL, *TAKEN], ids=fault_id)
async def test_a_trip_without_a_fault_arrives(own_house: HostileHouse, row: Fault) -> None:
    """Each setting is among them: what the rows below fail by is their fault alone."""
    trip = await own_house.identifies(row)

    assert trip.page.address == f"/a/{own_house.token}/door"
    assert [kind for kind, _ in trip.facts] == ["identification_begun", "identification_done"]
    assert own_house.bank.swaps == 1


def test_every_setting_has_a_trip_that_arrives() -> None:
    assert {row.setting for row in (WELL, *TAKEN)} == set(Setting)


def test_each_row_has_a_name_of_its_own() -> None:
    names = [row.name for row in NEGATIVE]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("row", NEGATIVE, ids=fault_id)
async def test_what_is_refused_leaves_nothing_behind(house: HostileHouse, one_text: str, row: Fault) -> None:
    trip = await house.identifies(row)

    assert trip.page.status == row.status
    assert failed_in(trip) == {"provider": "demo-bank", "reason": row.reason, "check": row.check}
    assert [kind for kind, _ in trip.facts] == ["identification_begun", "identification_failed"]
    assert reason_of(trip) == row.reason
    assert told_in_log(house, trip) == []
    assert trip.text == one_text or row.reason != "assertion_refused"
    assert_can_try_again(house, trip.page)
    await assert_nobody_is_identified(house, trip)
    await assert_it_is_spent(house, trip, row)
    assert house.bank.swaps == (1 if row.step is Step.TOKEN else 0)
    assert house.bank.key_fetches <= 2  # once to know its keys, once more for a name that is not among them


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Henkilöllisyyttä ei voitu varmistaa"),
        ("sv", "Identiteten kunde inte bekräftas"),
        ("en", "We could not confirm who you are"),
    ],
)
async def test_the_page_speaks_the_persons_language(house: HostileHouse, language: str, title: str) -> None:
    house.errs(signatures.SIGNATURES[0])
    browser = house.house.browser()
    identify = f"/a/{house.token}/identify"

    bank = await browser.sends(await browser.opens(f"{identify}?lang={language}"), identify)
    failed = await browser.sends(bank, "/demo/bank/authorize", choice="aino")

    assert title in failed.text
    assert f'<html lang="{language}"' in failed.text


def failed_in(trip: Trip) -> Mapping[str, object]:
    """Return the one line of the log that says what was refused."""
    [line] = [line for line in trip.log if line["event"] == "identification_failed"]
    return {name: line[name] for name in ("provider", "reason", "check")}


def reason_of(trip: Trip) -> object:
    return trip.facts[-1][1]["reason"]


def told_in_log(house: HostileHouse, trip: Trip) -> list[str]:
    """Return what stands in the log of all that must not."""
    log = json.dumps(trip.log, default=str)
    asked = parse_qs(urlsplit(trip.page.address).query)
    secrets = [*PERSONAL, *map(str, REAL_PERSON.values()), *house.bank.codes, *house.bank.id_tokens]
    secrets += [value for name in ("code", "state") for value in asked.get(name, ()) if value]
    return [secret for secret in secrets if secret in log]


def assert_can_try_again(house: HostileHouse, page: Page) -> None:
    """See the reference to tell by telephone, that the booking stands, and the button."""
    assert f"<code>{page.headers['X-Request-ID']}</code>" in page.text
    assert "Your appointment is still yours" in page.text
    assert f"/a/{house.token}/identify" in [form["action"] for form in page.forms()]
    assert "<script>alert" not in page.text
    assert [secret for secret in (*house.bank.codes, *house.bank.id_tokens) if secret in page.text] == []
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] in ("no-referrer", "same-origin")


async def assert_nobody_is_identified(house: HostileHouse, trip: Trip) -> None:
    cookies = {cookie.key: cookie.value for cookie in trip.browser.client.cookie_jar}
    async with house.house.units.read() as unit:
        session = await behind_the_door(unit, trip.door, house.appointment.id, now=house.house.now)
        assert session is not None
        assert await identified_as(unit, session) is None
        assert await unit.identifications.bound_key(house.appointment.id) is None
        assert (await unit.appointments.get(house.appointment.id)).status is house.appointment.status
    assert cookies["door"] == trip.door


async def assert_it_is_spent(house: HostileHouse, trip: Trip, row: Fault) -> None:
    """Come back once more by the same address: nobody asks the bank again."""
    if row.step is Step.BEGIN:
        return
    asked, again = house.bank.swaps, await trip.browser.opens(trip.page.address)
    assert (again.status, house.bank.swaps) == (409, asked)
