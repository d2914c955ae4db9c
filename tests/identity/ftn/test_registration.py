"""What an operator may set: each fault is one sentence that names the variable."""

import json
from dataclasses import replace

import pytest

from identity.assurance import Assurance
from identity.ftn.provider import create
from identity.ftn.registration import profile_of
from identity.oidc.brokers import op, telia
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import SignedKeys
from identity.provider import BadProviderSettings
from tests.identity.ftn.broker import TELIA, Broker, context, entity_statement, public, rsa

JWKS = json.dumps({"keys": [public(rsa("sig-1"))]})
TELIA_SETTINGS = {"BROKER": "telia", "CLIENT_ID": "client"}
OP_SETTINGS = {
    "BROKER": "op",
    "CLIENT_ID": "client",
    "ENTITY_STATEMENT": entity_statement("https://isb.op.fi", rsa("entity-1")),
}
IDURA = {"BROKER": "idura", "CLIENT_ID": "client", "DOMAIN": "kohtaamo.idura.broker", "JWKS": JWKS}
SIGNICAT = {**IDURA, "BROKER": "signicat", "DOMAIN": "kohtaamo.signicat.com"}
GENERIC = {
    "BROKER": "generic",
    "CLIENT_ID": "client",
    "ISSUER": "https://broker.example",
    "AUTHORIZATION_URL": "https://broker.example/auth",
    "TOKEN_URL": "https://broker.example/token",
    "JWKS": JWKS,
}


@pytest.mark.parametrize("settings", [TELIA_SETTINGS, OP_SETTINGS, IDURA, SIGNICAT, GENERIC])
def test_each_broker_is_ready_for_production(settings: dict[str, str]) -> None:
    profile = profile_of(context(Broker(), settings, is_production=True), {})

    assert profile.is_production
    assert profile.request_aud
    assert profile.assertion_aud
    assert profile.jwe_algs
    assert set(profile.jwe_algs) <= {"RSA-OAEP", "RSA-OAEP-256"}
    assert profile.jws_algs == ("RS256",)
    assert all(
        address.startswith("https://") for address in (profile.authorization_endpoint, profile.token_endpoint)
    )


@pytest.mark.parametrize("settings", [TELIA_SETTINGS, OP_SETTINGS, IDURA, SIGNICAT, GENERIC])
def test_production_takes_no_broker_of_tests(settings: dict[str, str]) -> None:
    with pytest.raises(
        BadProviderSettings, match="KOHTAAMO_FTN_ENVIRONMENT says test, which production refuses"
    ):
        create(context(Broker(), {**settings, "ENVIRONMENT": "test"}, is_production=True))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "BROKER must be one of telia, op, idura, signicat, generic"),
        ({**TELIA_SETTINGS, "BROKER": "nets"}, "BROKER must be one of"),
        ({"BROKER": "telia"}, "CLIENT_ID must be set"),
        ({**TELIA_SETTINGS, "ENVIRONMENT": "prod"}, "ENVIRONMENT must be production or test"),
        ({**TELIA_SETTINGS, "SERVICE_NAME": "x" * 41}, "SERVICE_NAME must be one line of 40"),
        ({**TELIA_SETTINGS, "ENTITY_PIN": "abc"}, "ENTITY_PIN must be SHA-256 sums"),
        ({**TELIA_SETTINGS, "METHODS": "oidc.unheard.1"}, "METHODS: oidc.unheard.1 is not known"),
        ({**TELIA_SETTINGS, "JWKS": "{"}, "JWKS is not a JWK Set"),
        ({**TELIA_SETTINGS, "JWKS": '{"keys": []}'}, "JWKS has no public signing key"),
        ({**OP_SETTINGS, "ENTITY_STATEMENT": ""}, "ENTITY_STATEMENT must be set"),
        ({**OP_SETTINGS, "ENTITY_STATEMENT": "a.b.c"}, "ENTITY_STATEMENT cannot be believed"),
        ({**OP_SETTINGS, "ENTITY_STATEMENT": '{"keys": []}'}, "ENTITY_STATEMENT names no key"),
        ({**IDURA, "DOMAIN": ""}, "DOMAIN must be the host name"),
        ({**IDURA, "DOMAIN": "https://x.idura.broker"}, "DOMAIN must be the host name"),
        ({**IDURA, "DOMAIN": "kohtaamo.test.idura.broker"}, "DOMAIN is one for tests"),
        ({**SIGNICAT, "DOMAIN": "kohtaamo.sandbox.signicat.com"}, "DOMAIN is one for tests"),
        ({**IDURA, "JWKS": ""}, "JWKS or KOHTAAMO_FTN_SIGNED_JWKS_URL must be set"),
        ({**IDURA, "JWKS": "", "SIGNED_JWKS_URL": "https://x.example"}, "ENTITY_ID must be set"),
        (
            {**IDURA, "JWKS": "", "SIGNED_JWKS_URL": "https://x.example", "ENTITY_ID": "https://x.example"},
            "ENTITY_STATEMENT or KOHTAAMO_FTN_ENTITY_PIN must be set",
        ),
        ({**GENERIC, "TOKEN_URL": ""}, "TOKEN_URL must be set"),
        ({**GENERIC, "TOKEN_URL": "http://broker.example/token"}, "TOKEN_URL must begin with https"),
    ],
)
def test_a_setting_that_will_not_do_is_told_in_one_sentence(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadProviderSettings) as bad:
        create(context(Broker(), settings, is_production=True))

    assert sentence in str(bad.value)
    assert str(bad.value).startswith("KOHTAAMO_FTN_")


def test_telias_statements_are_pinned_one_for_each_environment() -> None:
    pins = {
        is_production: _pins(Registration(client_id="client", is_production=is_production))
        for is_production in (True, False)
    }

    assert pins == {True: {telia.PRODUCTION_PIN}, False: {telia.PRE_PRODUCTION_PIN}}


def test_a_change_of_telias_statement_is_a_matter_of_settings() -> None:
    new = "A" * 64
    settings = {**TELIA_SETTINGS, "ENTITY_PIN": f"{telia.PRODUCTION_PIN}, {new}"}

    profile = profile_of(context(Broker(), settings), {})

    assert isinstance(profile.keys, SignedKeys)
    assert profile.keys.entity.pins == {telia.PRODUCTION_PIN, new.lower()}


def test_the_identity_card_alone_is_high_and_only_where_it_is_offered() -> None:
    plain = create(context(Broker(), TELIA_SETTINGS))
    with_card = create(context(Broker(), {**TELIA_SETTINGS, "METHODS": "oidc.nordea.1, pki.hst.1"}))

    assert (plain.assurance, with_card.assurance) == (Assurance.SUBSTANTIAL, Assurance.HIGH)


def test_a_test_level_is_believed_in_test_environments_alone() -> None:
    tests = op.profile(Registration(client_id="client", is_production=False))
    level = "http://ftn.ficora.fi/2017/loatest2"

    assert tests.level(level) is Assurance.SUBSTANTIAL
    assert replace(tests, is_production=True).level(level) is None


def test_a_generic_brokers_claims_have_the_names_that_it_gives_them() -> None:
    settings = {**GENERIC, "CLAIM_PERSONAL_CODE": "fi_ssn", "CLAIM_METHOD": "amr", "PKCE": "false"}

    profile = profile_of(context(Broker(), settings), {})

    assert (profile.claims.personal_code, profile.claims.method) == ("fi_ssn", "amr")
    assert not profile.uses_pkce


def _pins(agreed: Registration) -> frozenset[str]:
    keys = telia.profile(agreed).keys
    assert isinstance(keys, SignedKeys)
    assert keys.entity.id in (TELIA, "https://tunnistus.telia.fi")
    return keys.entity.pins
