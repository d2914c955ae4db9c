"""The provider `ftn` passes the contract, whichever broker it speaks with."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from identity.assurance import Assurance
from identity.errors import (
    AssertionRefused,
    AssuranceTooLow,
    BankUnavailable,
    ForeignIdentity,
    IdentificationCancelled,
)
from identity.oidc.broker import FTN
from identity.provider import RedirectingProvider
from tests.identity.ftn.broker import AINO, OP, TELIA, Broker, seen_in
from tests.identity.people import a_trip, an_attempt
from tests.identity.provider_contract import RedirectingContract


class TestTheContract(RedirectingContract):
    @pytest.fixture(autouse=True)
    def broker(self) -> None:
        self._broker = Broker()

    def provider(self) -> RedirectingProvider:
        return self._broker.provider()

    def answer(self, address: str, *, cancels: bool = False) -> Mapping[str, str]:
        return self._broker.cancels(address) if cancels else self._broker.identifies(address)

    def seen(self, address: str) -> str:
        return seen_in(address)


async def told(broker: Broker, *, asked: Assurance = Assurance.SUBSTANTIAL, **settings: str) -> object:
    provider = broker.provider(**settings)
    trip = replace(a_trip(an_attempt("ftn")), asked=asked)
    return await provider.complete(trip, broker.identifies(await provider.begin(trip)))


def an_op() -> Broker:
    claims = {
        "acr": FTN + "loatest2",
        "personal_identity_code": "010594Y9021",
        "given_name": "Aino Maria",
        "family_name": "Virtanen",
        "birthdate": "1994-05-01",
    }
    return Broker(
        entity_id=OP,
        issuer=OP,
        token_endpoint=OP + "/oauth/token",
        jwks_address=OP + "/jwks/broker-signed",
        claims=claims,
    )


async def test_a_bank_is_told_by_its_name_and_an_adviser_reads_it() -> None:
    broker = Broker()
    provider = broker.provider()
    trip = a_trip(an_attempt("ftn"))

    identified = await provider.complete(trip, broker.identifies(await provider.begin(trip)))

    assert (identified.method, identified.assurance) == ("nordea", Assurance.SUBSTANTIAL)
    assert provider.method_title("nordea", "sv") == "Nordea"
    assert provider.method_title("mobile-certificate", "fi") == "Mobiilivarmenne"


async def test_a_broker_that_does_not_tell_the_bank_is_itself_the_method() -> None:
    broker = an_op()
    provider = broker.provider(BROKER="op", ENTITY_STATEMENT=broker.statement())
    trip = a_trip(an_attempt("ftn"))

    identified = await provider.complete(trip, broker.identifies(await provider.begin(trip)))

    assert identified.method == "op"
    assert provider.method_title("op", "en") == "Bank or mobile certificate"


async def test_somebody_of_another_country_is_told_why() -> None:
    foreign = {
        "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier": "FI/SE/199405010000",
        "amr": [TELIA + "/uas/saml2/names/ac/oidc.client.bankidse.1"],
    }

    with pytest.raises(ForeignIdentity):
        await told(Broker(claims=foreign))


@pytest.mark.parametrize(
    ("claims", "check"),
    [
        ({"amr": [TELIA + "/uas/saml2/names/ac/oidc.unheard.1"]}, "method"),
        ({"amr": ["https://rogue.example/oidc.nordea.1"]}, "method"),
        ({"amr": [TELIA + "/uas/saml2/names/ac/oidc.nordea.1", "x"]}, "method"),
        ({"amr": None}, "method"),
        ({"auth_time": None}, "auth_time"),
        ({"auth_time": 1}, "auth_time"),
        ({"auth_time": 4_000_000_000}, "auth_time"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "at_hash"),
        ({"acr": "urn:oid:1.2.246.517.3002.110.999"}, "acr"),
    ],
)
async def test_what_a_claim_may_not_say_is_refused(claims: dict[str, object], check: str) -> None:
    with pytest.raises(AssertionRefused) as refused:
        await told(Broker(claims={**AINO, **claims}))

    assert refused.value.check == check


async def test_a_right_hash_of_the_access_token_is_taken() -> None:
    # SHA-256 of "unused", its left half.
    identified = await told(Broker(claims={**AINO, "at_hash": "_r4ddBtJ5anDFSZyjYxRNA"}))

    assert identified is not None


async def test_a_bank_that_the_organisation_does_not_offer_is_refused() -> None:
    with pytest.raises(AssertionRefused) as refused:
        await told(Broker(), METHODS="oidc.aktia.1, mpki.telia.1")

    assert refused.value.check == "method"


async def test_a_level_below_the_one_asked_is_too_low() -> None:
    with pytest.raises(AssuranceTooLow):
        await told(Broker(), asked=Assurance.HIGH)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("server_error", "server_error"),
        ("invalid_request_object", "invalid_request_object"),
        ("<b>010594Y9021</b>", "other_error"),
    ],
)
async def test_an_error_is_kept_by_its_known_word_alone(error: str, code: str) -> None:
    broker = Broker()
    provider, trip = broker.provider(), a_trip(an_attempt("ftn"))
    back = broker.cancels(await provider.begin(trip), error)

    with pytest.raises(BankUnavailable) as unavailable:
        await provider.complete(trip, back)

    assert unavailable.value.code == code


async def test_what_cancels_at_one_broker_is_a_fault_at_another() -> None:
    op = an_op()
    provider, trip = op.provider(BROKER="op", ENTITY_STATEMENT=op.statement()), a_trip(an_attempt("ftn"))
    address = await provider.begin(trip)

    with pytest.raises(IdentificationCancelled):
        await provider.complete(trip, op.cancels(address, "cancel"))
    with pytest.raises(BankUnavailable):
        await provider.complete(trip, op.cancels(address, "access_denied"))


async def test_an_error_with_anothers_state_ends_nothing() -> None:
    provider = Broker().provider()

    with pytest.raises(AssertionRefused) as refused:
        await provider.complete(a_trip(an_attempt("ftn")), {"error": "access_denied", "state": "x" * 43})

    assert refused.value.check == "state"
