"""The demo bank as a provider, and the bank on the other side of the wire."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from identity.assurance import Assurance
from identity.demo_bank.bank import Mood
from identity.demo_bank.bank_keys import made_bank_keys
from identity.demo_bank.people import PEOPLE, TestPerson
from identity.demo_bank.provider import DemoBankProvider
from identity.errors import AssertionRefused, BankUnavailable
from identity.login_attempt import LoginAttempt
from identity.personal_code import personal_code
from tests.identity.demo_bank.wire import Wire, a_bank, query_of
from tests.identity.people import NOW, a_trip, an_attempt
from tests.identity.provider_contract import RedirectingContract


class TestDemoBankKeepsTheContract(RedirectingContract):
    @pytest.fixture(autouse=True)
    def _wired(self) -> None:
        self.wire = Wire()

    def provider(self) -> DemoBankProvider:
        return self.wire.provider()

    def answer(self, address: str, *, cancels: bool = False) -> Mapping[str, str]:
        if cancels:
            asked = self.wire.bank.asked(query_of(address), now=NOW)
            return query_of(self.wire.bank.cancel(asked, now=NOW))
        return self.wire.picks(address)

    def seen(self, address: str) -> str:
        return address + repr(self.wire.bank.asked(query_of(address), now=NOW))


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def attempt() -> LoginAttempt:
    return an_attempt()


async def begin(wire: Wire, attempt: LoginAttempt) -> str:
    return await wire.provider().begin(a_trip(attempt, language="sv"))


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE.keys())
async def test_each_test_person_is_identified_as_themselves(
    wire: Wire, attempt: LoginAttempt, person: TestPerson
) -> None:
    query = wire.picks(await begin(wire, attempt), person.key)

    identified = await wire.provider().complete(a_trip(attempt), query)

    assert (identified.given_name, identified.family_name) == (person.given_name, person.family_name)
    assert (identified.assurance, identified.method) == (Assurance.SUBSTANTIAL, "demo-bank")


@pytest.mark.parametrize("change", [{"error": "access_denied"}, {"iss": "https://rogue.example"}])
async def test_an_answer_that_says_two_things_is_refused(
    wire: Wire, attempt: LoginAttempt, change: Mapping[str, str]
) -> None:
    query = {**wire.picks(await begin(wire, attempt)), **change}

    with pytest.raises(AssertionRefused):
        await wire.provider().complete(a_trip(attempt), query)


def test_every_test_person_has_an_artificial_code() -> None:
    assert all(personal_code(each.personal_code, today=NOW.date()).is_artificial for each in PEOPLE.values())


async def test_no_code_of_a_person_travels_through_the_browser(wire: Wire, attempt: LoginAttempt) -> None:
    address = await begin(wire, attempt)
    query = wire.picks(address)
    identified = await wire.provider().complete(a_trip(attempt), query)

    assert not any("9021" in text for text in (address, str(query), repr(identified)))


async def test_another_verifier_gets_no_assertion(wire: Wire, attempt: LoginAttempt) -> None:
    query = wire.picks(await begin(wire, attempt))
    other = replace(attempt, verifier="w" * 43)

    with pytest.raises(AssertionRefused) as refused:
        await wire.provider().complete(a_trip(other), query)

    assert refused.value.check == "token_answer"


async def test_another_nonce_is_refused_although_all_else_is_right(wire: Wire, attempt: LoginAttempt) -> None:
    query = wire.picks(await begin(wire, attempt))

    with pytest.raises(AssertionRefused) as refused:
        await wire.provider().complete(a_trip(replace(attempt, salt="n" * 43)), query)

    assert refused.value.check == "nonce"


async def test_production_refuses_the_demo_banks_assertion_even_if_it_were_loaded(
    wire: Wire, attempt: LoginAttempt
) -> None:
    query = wire.picks(await begin(wire, attempt))

    with pytest.raises(AssertionRefused) as refused:
        await wire.provider(is_production=True).complete(a_trip(attempt), query)

    assert refused.value.check == "acr"


async def test_a_code_is_over_after_a_minute(wire: Wire, attempt: LoginAttempt) -> None:
    query = wire.picks(await begin(wire, attempt))
    wire.now = NOW + timedelta(minutes=1)

    with pytest.raises(AssertionRefused):
        await wire.provider().complete(a_trip(attempt, now=wire.now), query)


async def test_a_bank_that_is_broken_says_so(wire: Wire, attempt: LoginAttempt) -> None:
    asked = wire.bank.asked(query_of(await begin(wire, attempt)), now=NOW)
    query = query_of(wire.bank.fail(asked, now=NOW))

    with pytest.raises(BankUnavailable):
        await wire.provider().complete(a_trip(attempt), query)


async def test_a_bank_that_cannot_be_reached_is_unavailable(wire: Wire, attempt: LoginAttempt) -> None:
    query = wire.picks(await begin(wire, attempt))
    wire.is_down = True

    with pytest.raises(BankUnavailable):
        await wire.provider().complete(a_trip(attempt), query)


@pytest.mark.parametrize("mood", [Mood.SLOW, Mood.GARBAGE])
async def test_a_bank_that_answers_late_or_nonsense_is_unavailable(
    wire: Wire, attempt: LoginAttempt, mood: Mood
) -> None:
    query = wire.picks(await begin(wire, attempt), mood=mood)

    with pytest.raises(BankUnavailable):
        await wire.provider().complete(a_trip(attempt), query)


async def test_an_entity_statement_that_is_not_pinned_is_not_believed(
    wire: Wire, attempt: LoginAttempt
) -> None:
    provider = wire.provider()
    wire.bank = a_bank(keys=made_bank_keys())

    with pytest.raises(BankUnavailable):
        await provider.begin(a_trip(attempt))
