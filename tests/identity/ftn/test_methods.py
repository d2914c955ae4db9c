"""Which banks an organisation allows: nobody is sent to another, and nobody who comes back by one gets in."""

import json

import pytest

from identity.choice import Method
from identity.errors import AssertionRefused, BankUnavailable, CallbackRefused
from identity.ftn.provider import FinnishTrustNetwork
from identity.identification import Identified
from identity.oidc.broker import FTN
from identity.provider import BadProviderSettings
from tests.identity.ftn.broker import Broker, outer_of, request_in
from tests.identity.ftn.test_notices import LIST, SAID
from tests.identity.ftn.test_provider import an_op
from tests.identity.ftn.test_registration import GENERIC
from tests.identity.ftn.test_requests import IDURA, SIGNICAT
from tests.identity.people import a_trip, an_attempt

PERSON = {"given_name": "Aino", "family_name": "Virtanen"}
URN = "urn:grn:authn:fi:"


def an_idura(**claims: object) -> Broker:
    domain = "https://kohtaamo.test.idura.broker"
    said = {"hetu": "010594Y9021", "satu": "", **PERSON, **claims}
    return Broker(issuer=domain, token_endpoint=domain + "/oauth2/token", claims=said)


def a_signicat(**claims: object) -> Broker:
    issuer = "https://kohtaamo.sandbox.signicat.com/auth/open"
    said = {"nin": "010594Y9021", **PERSON, **claims}
    return Broker(issuer=issuer, token_endpoint=issuer + "/connect/token", claims=said)


def op_with(methods: str) -> tuple[Broker, FinnishTrustNetwork]:
    op = an_op()
    op.published[LIST] = json.dumps(SAID).encode()
    return op, op.provider(BROKER="op", ENTITY_STATEMENT=op.statement(), METHODS=methods)


async def through(broker: Broker, method: str = "", **settings: str) -> Identified:
    provider, trip = broker.provider(**settings), a_trip(an_attempt("ftn"), method=method)
    address = await provider.begin(trip)
    return await provider.complete(trip, {**broker.identifies(address), "iss": broker.issuer})


async def test_idura_tells_the_mobile_certificate_by_its_satu() -> None:
    by_bank = await through(an_idura(), **IDURA)
    by_phone = await through(an_idura(satu="999212345678"), **IDURA)

    assert (by_bank.method, by_phone.method) == ("bank", "mobile-certificate")


@pytest.mark.parametrize(
    ("allowed", "claims", "check"),
    [
        ("bank-id", {"satu": "999212345678"}, "method"),
        ("mobile-id", {"satu": ""}, "method"),
        ("mobile-id", {"satu": None}, "method"),
        ("bank-id", {"acr": URN + "mobile-id"}, "acr"),
        ("mobile-id", {"satu": "999212345678", "acr": URN + "bank-id"}, "acr"),
    ],
)
async def test_at_idura_what_is_not_allowed_is_refused_on_return(
    allowed: str, claims: dict[str, object], check: str
) -> None:
    with pytest.raises(AssertionRefused) as refused:
        await through(an_idura(**claims), **IDURA, METHODS=URN + allowed)

    assert refused.value.check == check


async def test_what_alone_is_allowed_is_asked_for_without_being_chosen() -> None:
    provider = Broker().provider(**IDURA, METHODS=URN + "bank-id")

    assert request_in(await provider.begin(a_trip(an_attempt("ftn"))))["acr_values"] == URN + "bank-id"


async def test_at_signicat_a_bank_that_is_not_allowed_is_refused_on_return() -> None:
    allowed = {**SIGNICAT, "METHODS": "fi-op"}

    assert (await through(a_signicat(ftn_idp="fi-op"), **allowed)).method == "op"
    for claims in ({"ftn_idp": "fi-nordea"}, {"ftn_idp": ""}, {}):
        with pytest.raises(AssertionRefused) as refused:
            await through(a_signicat(**claims), **allowed)
        assert refused.value.check == "method"


@pytest.mark.parametrize("methods", ["fi-op, fi-nordea", "embedded, fi-op, fi-nordea"])
@pytest.mark.parametrize("method", ["", "fi-danske", "x" * 60])
async def test_nobody_is_sent_to_op_without_a_bank_that_is_allowed(methods: str, method: str) -> None:
    """The answer does not tell which bank it was: the signed request is all that keeps to the choice."""
    _, provider = op_with(methods)

    with pytest.raises(CallbackRefused) as refused:
        await provider.begin(a_trip(an_attempt("ftn"), method=method))

    assert refused.value.check == "method"


async def test_op_is_told_which_bank_was_chosen() -> None:
    _, provider = op_with("fi-op, fi-nordea")

    address = await provider.begin(a_trip(an_attempt("ftn"), method="fi-nordea"))

    assert request_in(address)["ftn_idp_id"] == "fi-nordea"


async def test_of_ops_own_list_what_is_not_allowed_is_left_out() -> None:
    _, provider = op_with("embedded, fi-op")

    choices = await provider.choices("sv")

    assert [each.name for each in choices.methods] == ["fi-op"]
    assert len(choices.said) == 2


async def test_without_ops_list_the_allowed_banks_stand_there_all_the_same() -> None:
    op, provider = op_with("embedded, fi-op, fi-nordea")
    op.is_down = True

    assert list((await provider.choices("sv")).methods) == [
        Method("fi-op", "OP"),
        Method("fi-nordea", "Nordea"),
    ]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"METHODS": "fi-op"}, "fi-op is not known of this broker"),
        ({"METHODS": "embedded"}, "embedded is not known of this broker"),
        ({"PUSHES": "yes"}, "PUSHES must be left out"),
        ({**IDURA, "PUSHES": "perhaps"}, "PUSHES must be yes or no"),
        ({**GENERIC, "METHODS": "nordea=Nordea"}, "METHODS cannot be kept to without"),
    ],
)
def test_what_could_not_be_kept_to_stops_the_start(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadProviderSettings, match=sentence):
        Broker().provider(**settings)


@pytest.mark.parametrize(
    ("settings", "address", "audience"),
    [
        (IDURA, "https://kohtaamo.test.idura.broker/oauth2", "https://kohtaamo.test.idura.broker"),
        (
            SIGNICAT,
            "https://kohtaamo.sandbox.signicat.com/auth/open/connect",
            "https://kohtaamo.sandbox.signicat.com/auth/open/connect/token",
        ),
    ],
)
async def test_who_takes_pushed_requests_gets_them_where_it_is_set(
    settings: dict[str, str], address: str, audience: str
) -> None:
    broker = Broker()
    broker.pushed_endpoint = address + "/par"

    leads_to = await broker.provider(**settings, PUSHES="yes").begin(a_trip(an_attempt("ftn")))

    [pushed] = broker.pushed
    assert leads_to.startswith(address + "/authorize?")
    assert outer_of(leads_to) == {"client_id": pushed["client_id"], "request_uri": "urn:pushed:1"}
    assert set(pushed) == {"client_id", "request", "client_assertion", "client_assertion_type"}
    assert broker.audience(pushed["client_assertion"]) == audience


async def test_a_broker_that_takes_none_after_all_sends_nobody_away() -> None:
    with pytest.raises(BankUnavailable):
        await Broker().provider(**IDURA, PUSHES="yes").begin(a_trip(an_attempt("ftn")))


def test_loa_words_stay_what_they_are_where_methods_are_restricted() -> None:
    profile = an_idura().provider(**IDURA, METHODS=URN + "bank-id")._profile

    assert profile.level(FTN + "loa2") is not None
    assert profile.level(URN + "all") is not None
    assert profile.level(URN + "mobile-id") is None
