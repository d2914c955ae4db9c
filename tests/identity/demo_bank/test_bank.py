"""What the bank takes from us: nothing less than the Finnish Trust Network asks for since 31 August 2025."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from identity.demo_bank.refused import BankRefused
from identity.errors import BankUnavailable
from identity.login_attempt import LoginAttempt
from identity.oidc.own_key import KeyUse
from tests.identity.demo_bank.wire import OURS, PUBLIC, RETURN_TO, Wire, query_of
from tests.identity.people import NOW, a_trip, an_attempt

SIGNING = OURS.of(KeyUse.SIGNING)[0]
STRANGE = RSAKey.generate_key(2048)
SECRET = OctKey.import_key("a shared secret of thirty-two bytes")
MOMENT = int(NOW.timestamp())


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in something that we signed; None leaves a member out."""

    claims: Mapping[str, object] = field(default_factory=dict)
    header: Mapping[str, object] = field(default_factory=dict)
    key: RSAKey | OctKey | None = None


def changed(token: str, change: Change) -> str:
    """Sign the same again, but for a change."""
    signed = jws.extract_compact(token.encode())
    header = _laid_over(signed.headers(), change.header)
    claims = _laid_over(json.loads(signed.payload), change.claims)
    registry = jws.JWSRegistry(algorithms=["RS256", "RS512", "PS256", "HS256"], strict_check_header=False)
    return jws.serialize_compact(header, json.dumps(claims), change.key or SIGNING.key, registry=registry)


def _laid_over(right: Mapping[str, Any], change: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in {**right, **change}.items() if value is not None}


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def attempt() -> LoginAttempt:
    return an_attempt()


async def requested(wire: Wire, attempt: LoginAttempt) -> dict[str, str]:
    return query_of(await wire.provider().begin(a_trip(attempt)))


async def swapping(wire: Wire, attempt: LoginAttempt) -> dict[str, str]:
    """Return the form with which a code is swapped, before it came to the bank."""
    query = wire.picks(await wire.provider().begin(a_trip(attempt)))
    wire.is_down = True
    with pytest.raises(BankUnavailable):
        await wire.provider().complete(a_trip(attempt), query)
    wire.is_down = False
    return dict(wire.forms[-1])


SIGNED_BADLY = [
    Change(header={"alg": "RS512"}),
    Change(header={"alg": "PS256"}),
    Change(header={"alg": "HS256"}, key=SECRET),
    Change(key=STRANGE),
    Change(header={"kid": None}),
    Change(header={"kid": "another"}),
    Change(header={"kid": OURS.of(KeyUse.ENCRYPTION)[0].kid}, key=OURS.of(KeyUse.ENCRYPTION)[0].key),
    Change(header={"jku": "https://rogue.example/keys"}),
]


@pytest.mark.parametrize(
    "change",
    [
        *SIGNED_BADLY,
        *(
            Change({name: None})
            for name in (
                *("iss", "aud", "iat", "exp", "jti", "client_id", "redirect_uri", "scope", "state", "nonce"),
                *("response_type", "acr_values", "ui_locales", "prompt"),
                *("code_challenge", "code_challenge_method"),
            )
        ),
        Change({"iss": "rogue"}),
        Change({"aud": PUBLIC}),
        Change({"aud": PUBLIC + "/demo/bank/token"}),
        Change({"aud": [PUBLIC + "/demo/bank"]}),
        Change({"client_id": "rogue"}),
        Change({"redirect_uri": "https://rogue.example/"}),
        Change({"redirect_uri": RETURN_TO + "/"}),
        Change({"redirect_uri": RETURN_TO + "?next=x"}),
        Change({"response_type": "code id_token"}),
        Change({"scope": "openid profile"}),
        Change({"code_challenge_method": "plain"}),
        Change({"code_challenge": "short"}),
        Change({"state": "s" * 21}),
        Change({"nonce": "n" * 21}),
        Change({"acr_values": "http://ftn.ficora.fi/2017/loa2"}),
        Change({"ui_locales": "de"}),
        Change({"jti": ""}),
        Change({"exp": MOMENT}),
        Change({"exp": MOMENT + 601}),
        Change({"exp": str(MOMENT + 300)}),
        Change({"iat": MOMENT + 61}),
        Change({"login_hint": "Aino Virtanen"}),
        Change({"claims": {}}),
    ],
)
async def test_the_bank_takes_no_request_with_one_fault(
    wire: Wire, attempt: LoginAttempt, change: Change
) -> None:
    right = await requested(wire, attempt)
    assert wire.bank.asked(right, now=NOW).state == attempt.state

    with pytest.raises(BankRefused) as refused:
        wire.bank.asked({**right, "request": changed(right["request"], change)}, now=NOW)

    assert refused.value.error == "invalid_request_object"


async def test_a_request_whose_nonce_is_its_state_is_refused(wire: Wire, attempt: LoginAttempt) -> None:
    right = await requested(wire, attempt)
    same = changed(right["request"], Change({"nonce": attempt.state}))

    with pytest.raises(BankRefused):
        wire.bank.asked({**right, "request": same}, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "rogue"},
        {"state": "outside"},
        {"redirect_uri": RETURN_TO},
        {"request": ""},
        {"request": "a.b"},
        {"request": "ä.ö.å"},
        {"request": "eyJhbGciOiJub25lIn0.e30."},
    ],
)
async def test_the_bank_takes_nothing_unsigned_or_beside(
    wire: Wire, attempt: LoginAttempt, change: dict[str, str]
) -> None:
    right = await requested(wire, attempt)

    with pytest.raises(BankRefused):
        wire.bank.asked({**right, **change}, now=NOW)


async def test_the_bank_asks_for_the_client_beside_the_request(wire: Wire, attempt: LoginAttempt) -> None:
    right = await requested(wire, attempt)

    with pytest.raises(BankRefused):
        wire.bank.asked({"request": right["request"]}, now=NOW)


async def test_a_request_is_answered_once(wire: Wire, attempt: LoginAttempt) -> None:
    right = await requested(wire, attempt)
    asked = wire.bank.asked(right, now=NOW)
    wire.bank.cancel(asked, now=NOW)

    with pytest.raises(BankRefused):
        wire.bank.approve(asked, "aino", now=NOW)
    with pytest.raises(BankRefused):
        wire.bank.asked(right, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        *SIGNED_BADLY,
        *(Change({name: None}) for name in ("iss", "sub", "aud", "iat", "exp", "jti")),
        Change({"iss": "rogue"}),
        Change({"sub": "rogue"}),
        Change({"aud": PUBLIC + "/demo/bank"}),
        Change({"aud": [PUBLIC + "/demo/bank/token"]}),
        Change({"exp": MOMENT}),
        Change({"exp": MOMENT + 121}),
        Change({"exp": float(MOMENT + 60)}),
        Change({"iat": MOMENT + 61}),
        Change({"jti": 7}),
    ],
)
async def test_the_bank_believes_no_client_assertion_with_one_fault(
    wire: Wire, attempt: LoginAttempt, change: Change
) -> None:
    right = await swapping(wire, attempt)
    wrong = {**right, "client_assertion": changed(right["client_assertion"], change)}

    with pytest.raises(BankRefused) as refused:
        wire.bank.swap(wrong, now=NOW)

    assert refused.value.error == "invalid_client"
    assert b"id_token" in wire.bank.swap(right, now=NOW).body


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "rogue"},
        {"redirect_uri": PUBLIC},
        {"grant_type": "password"},
        {"code": "other"},
        {"code_verifier": ""},
        {"code_verifier": "ä"},
        {"code_verifier": "w" * 43},
        {"client_secret": "x"},
        {"client_assertion": ""},
        {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"},
    ],
)
async def test_the_bank_swaps_no_code_for_another_form(
    wire: Wire, attempt: LoginAttempt, change: dict[str, str]
) -> None:
    right = await swapping(wire, attempt)

    with pytest.raises(BankRefused):
        wire.bank.swap({**right, **change}, now=NOW)


async def test_a_client_assertion_is_worth_nothing_the_second_time(wire: Wire) -> None:
    first, second = [await swapping(wire, an_attempt()) for _ in range(2)]
    wire.bank.swap(first, now=NOW)

    with pytest.raises(BankRefused) as refused:
        wire.bank.swap({**second, "client_assertion": first["client_assertion"]}, now=NOW)

    assert refused.value.why == "jti"


async def test_a_code_is_swapped_once_and_for_a_minute(wire: Wire) -> None:
    [first, other] = [await swapping(wire, an_attempt()) for _ in range(2)]
    wire.bank.swap(first, now=NOW)
    again = {**first, "client_assertion": changed(first["client_assertion"], Change({"jti": "new"}))}

    for form, now in ((again, NOW), (other, NOW + timedelta(minutes=1))):
        with pytest.raises(BankRefused) as refused:
            wire.bank.swap(form, now=now)
        assert refused.value.why == "code"


async def test_the_bank_keeps_no_more_codes_than_it_can_bear(wire: Wire, attempt: LoginAttempt) -> None:
    form = await swapping(wire, attempt)
    asked = wire.bank.asked(await requested(wire, an_attempt()), now=NOW)
    for number in range(1000):
        wire.bank.approve(replace(asked, jti=f"{number}"), "aino", now=NOW)

    with pytest.raises(BankRefused) as refused:
        wire.bank.swap(form, now=NOW)

    assert refused.value.why == "code"


def test_the_bank_publishes_its_public_keys_alone(wire: Wire) -> None:
    jwks = json.loads(jws.extract_compact(wire.bank.signed_jwks(now=NOW).encode()).payload)
    statement = json.loads(jws.extract_compact(wire.bank.entity_statement.encode()).payload)

    published = [*jwks["keys"], *statement["jwks"]["keys"]]
    assert [set(key) for key in published] == [{"kty", "n", "e", "kid", "use", "alg"}] * 2
