"""The trip out and back: what we ask, and when the broker's keys are fetched anew."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from identity.demo_bank.bank_keys import BankKeys, made_bank_keys
from identity.errors import AssertionRefused, IdentificationFailed
from identity.oidc.pkce import challenge
from tests.identity.demo_bank.wire import BANKS, RETURN_TO, Wire, a_bank, query_of
from tests.identity.people import NOW, a_trip, an_attempt


def test_the_challenge_is_that_of_the_standard() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def test_what_we_ask_is_complete_and_tells_nothing_about_the_person() -> None:
    attempt = an_attempt()

    outer = query_of(await Wire().provider().begin(a_trip(attempt, language="sv")))
    asked = claimed(outer.pop("request"))

    assert outer == {"client_id": "kohtaamo-demo"}
    assert asked["exp"] - asked["iat"] == 300
    assert {name: value for name, value in asked.items() if name not in ("jti", "iat", "exp")} == {
        "iss": "kohtaamo-demo",
        "aud": "https://kohtaamo.example/demo/bank",
        "response_type": "code",
        "client_id": "kohtaamo-demo",
        "redirect_uri": RETURN_TO,
        "scope": "openid",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "acr_values": "http://ftn.ficora.fi/2017/loatest2",
        "ui_locales": "sv",
        "prompt": "login",
        "code_challenge": challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }


def claimed(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=="))
    return claims


def test_no_two_attempts_share_a_secret() -> None:
    attempts = [an_attempt() for _ in range(3)]

    secrets = {secret for each in attempts for secret in (each.state, each.nonce, each.verifier)}

    assert len(secrets) == 9
    assert {len(secret) for secret in secrets} == {43}


async def test_keys_are_fetched_once_and_again_for_an_unknown_one() -> None:
    wire = Wire()
    provider = wire.provider()

    async def identifies(after: timedelta) -> int:
        """Return how often the keys were fetched for it, refused or not."""
        wire.now, before = NOW + after, wire.asked.count("http://127.0.0.1:8080/demo/bank/signed_jwks.jwt")
        trip = a_trip(an_attempt(now=wire.now), now=wire.now)
        query = wire.picks(await provider.begin(trip))
        try:
            await provider.complete(trip, query)
        except AssertionRefused:
            assert wire.bank is restarted
        return wire.asked.count("http://127.0.0.1:8080/demo/bank/signed_jwks.jwt") - before

    restarted = None
    assert await identifies(timedelta(0)) == 1
    assert await identifies(timedelta(seconds=1)) == 0
    restarted = wire.bank = a_bank(keys=BankKeys(made_bank_keys().signing, BANKS.entity))
    assert await identifies(timedelta(seconds=2)) == 1
    assert await identifies(timedelta(seconds=3)) == 0
    assert await identifies(timedelta(hours=25)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"id_token": 7}',
        b'{"id_token": "a.b"}',
        b"\xff",
        b"[" * 100_000,
        b'{"id_token": ' + b"9" * 5000 + b"}",
    ],
)
async def test_a_broken_token_answer_is_refused_by_name(body: bytes) -> None:
    wire = Wire()

    right = wire.fetch

    async def fetch(url: str, form: Mapping[str, str] | None = None) -> bytes:
        return await right(url) if form is None else body

    wire.fetch = fetch  # type: ignore[method-assign]
    trip = a_trip(an_attempt())
    provider = wire.provider()
    query = wire.picks(await provider.begin(trip))

    with pytest.raises(IdentificationFailed):
        await provider.complete(trip, query)
