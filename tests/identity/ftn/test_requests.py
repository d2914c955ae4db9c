"""What we send to a broker: signed, complete, and nothing about the person."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import replace

import pytest
from joserfc import jws

from identity.assurance import Assurance
from identity.oidc.own_key import KeyUse
from identity.oidc.pkce import challenge
from tests.identity.ftn.broker import (
    CLIENT_ID,
    OP,
    RETURN_TO,
    TELIA,
    Broker,
    outer_of,
    own_key,
    public,
    request_in,
    rsa,
)
from tests.identity.ftn.test_provider import an_op
from tests.identity.people import NOW, a_trip, an_attempt

MOMENT = int(NOW.timestamp())
JWKS = json.dumps({"keys": [public(rsa("sig-1"))]})
IDURA = {"BROKER": "idura", "DOMAIN": "kohtaamo.test.idura.broker", "JWKS": JWKS}
SIGNICAT = {"BROKER": "signicat", "DOMAIN": "kohtaamo.sandbox.signicat.com", "JWKS": JWKS}


def header_of(token: str) -> Mapping[str, object]:
    head = token.split(".")[0]
    read: dict[str, object] = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    return read


async def sent(language: str = "fi", method: str = "", **settings: str) -> dict[str, str]:
    trip = replace(a_trip(an_attempt("ftn"), language=language), method=method)
    return request_in(await Broker().provider(**settings).begin(trip))


async def test_telia_is_sent_one_signed_request_and_nothing_beside_it() -> None:
    attempt = an_attempt("ftn")

    address = await Broker().provider().begin(a_trip(attempt, language="sv"))

    request = request_in(address)
    jti = request.pop("jti")
    assert address.startswith(TELIA + "/uas/oauth2/authorization?request=")
    assert set(outer_of(address)) == {"request"}
    assert header_of(outer_of(address)["request"]) == {
        "alg": "RS256",
        "kid": own_key(KeyUse.SIGNING).kid,
        "typ": "JWT",
    }
    assert len(jti) == 43
    assert request == {
        "iss": CLIENT_ID,
        "aud": TELIA + "/uas",
        "iat": MOMENT,
        "exp": MOMENT + 300,
        "response_type": "code",
        "client_id": CLIENT_ID,
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


async def test_no_two_requests_share_anything_that_is_to_be_fresh() -> None:
    requests = [await sent() for _ in range(3)]

    fresh = [request[name] for request in requests for name in ("state", "nonce", "jti", "code_challenge")]

    assert len(set(fresh)) == 12
    assert all(len(value) == 43 for value in fresh)


async def test_op_is_asked_by_its_scopes_and_knows_us_by_name_without_pkce() -> None:
    op = an_op()
    provider = op.provider(
        BROKER="op", ENTITY_STATEMENT=op.statement(), SERVICE_NAME="Tvål för folket", METHODS="fi-op=OP"
    )

    address = await provider.begin(replace(a_trip(an_attempt("ftn")), method="fi-op"))

    request = request_in(address)
    assert set(outer_of(address)) == {"request"}
    assert (request["aud"], request["scope"]) == (OP, "openid profile personal_identity_code")
    assert (request["ftn_spname"], request["ftn_idp_id"]) == ("Tvål för folket", "fi-op")
    assert not {"acr_values", "prompt", "code_challenge"} & set(request)


async def test_idura_gets_its_own_swedish_and_the_client_id_outside_too() -> None:
    trip = a_trip(an_attempt("ftn"), language="sv")

    address = await Broker().provider(**IDURA).begin(trip)

    request = request_in(address)
    assert set(outer_of(address)) == {"client_id", "request"}
    assert address.startswith("https://kohtaamo.test.idura.broker/oauth2/authorize?")
    assert (request["ui_locales"], request["acr_values"]) == ("se", "urn:grn:authn:fi:all")
    assert request["login_hint"] == "enforce_ftn_requirements"


async def test_signicat_spells_the_services_name_in_its_own_way() -> None:
    request = await sent(**SIGNICAT, SERVICE_NAME="Kohtaamo")

    assert (request["ftn_sp_name"], request["acr_values"]) == ("Kohtaamo", "idp:ftn")
    assert request["scope"] == "openid profile idp-id nin ftn-extra"


async def test_a_bank_that_was_chosen_takes_the_place_of_the_level() -> None:
    offered = "oidc.nordea.1, mpki.telia.1"

    assert (await sent(method="mpki.telia.1", METHODS=offered))["acr_values"] == "mpki.telia.1"


@pytest.mark.parametrize("method", ["oidc.aktia.1", "x" * 200, "mpki.telia.1 oidc.nordea.1"])
async def test_a_bank_that_was_not_offered_is_not_asked_for(method: str) -> None:
    offered = "oidc.nordea.1, mpki.telia.1"

    assert (await sent(method=method, METHODS=offered))["acr_values"].endswith("/loatest2")


async def test_a_higher_level_is_asked_for_by_its_word() -> None:
    trip = replace(a_trip(an_attempt("ftn")), asked=Assurance.HIGH)

    request = request_in(await Broker().provider().begin(trip))

    assert request["acr_values"] == "http://ftn.ficora.fi/2017/loatest3"


async def test_a_code_is_swapped_with_a_fresh_assertion_that_lasts_a_minute_and_a_half() -> None:
    broker, jtis = Broker(), set()
    provider = broker.provider()
    for _ in range(2):
        trip = a_trip(an_attempt("ftn"))
        await provider.complete(trip, broker.identifies(await provider.begin(trip)))

        form = dict(broker.swaps[-1])
        assertion = form.pop("client_assertion")
        payload = jws.deserialize_compact(
            assertion, own_key(KeyUse.SIGNING).key, algorithms=["RS256"]
        ).payload
        claims = json.loads(payload)
        jtis.add(claims.pop("jti"))
        assert form == {
            "grant_type": "authorization_code",
            "code": form["code"],
            "redirect_uri": RETURN_TO,
            "client_id": CLIENT_ID,
            "code_verifier": trip.attempt.verifier,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        }
        assert header_of(assertion)["kid"] == own_key(KeyUse.SIGNING).kid
        assert claims == {
            "iss": CLIENT_ID,
            "sub": CLIENT_ID,
            "aud": TELIA + "/uas/oauth2/token",
            "iat": MOMENT,
            "exp": MOMENT + 90,
        }
    assert len(jtis) == 2


async def test_idura_is_addressed_by_its_domain_in_the_assertion() -> None:
    domain = "https://kohtaamo.test.idura.broker"
    claims = {"hetu": "010594Y9021", "given_name": "Aino", "family_name": "Virtanen"}
    broker = Broker(issuer=domain, token_endpoint=domain + "/oauth2/token", claims=claims)
    provider, trip = broker.provider(**IDURA), a_trip(an_attempt("ftn"))

    identified = await provider.complete(trip, broker.identifies(await provider.begin(trip)))

    token = broker.swaps[-1]["client_assertion"]
    payload = jws.deserialize_compact(token, own_key(KeyUse.SIGNING).key, algorithms=["RS256"]).payload
    assert json.loads(payload)["aud"] == domain
    assert (identified.method, identified.assurance) == ("bank", Assurance.SUBSTANTIAL)


async def test_signicat_tells_the_bank_in_its_own_claim() -> None:
    address = "https://kohtaamo.sandbox.signicat.com/auth/open"
    claims = {"nin": "010594Y9021", "given_name": "Aino", "family_name": "Virtanen", "ftn_idp": "fi-op"}
    broker = Broker(issuer=address, token_endpoint=address + "/connect/token", claims=claims)
    provider, trip = broker.provider(**SIGNICAT), a_trip(an_attempt("ftn"))

    back = {**broker.identifies(await provider.begin(trip)), "iss": address}
    identified = await provider.complete(trip, back)

    assert (identified.method, provider.method_title(identified.method, "fi")) == ("op", "OP")


async def test_nothing_that_we_send_is_about_the_person() -> None:
    broker = Broker()
    provider, trip = broker.provider(), a_trip(an_attempt("ftn"))

    address = await provider.begin(trip)
    await provider.complete(trip, broker.identifies(address))

    told = json.dumps([request_in(address), broker.swaps])
    assert not any(
        secret in told for secret in ("010594", "Aino", "Virtanen", str(trip.attempt.appointment_id))
    )
