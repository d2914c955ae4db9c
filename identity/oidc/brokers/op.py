"""OP Identity Service Broker (its API description of 28 January 2026)."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.oidc.broker import Profile
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import Entity, SignedKeys

PRODUCTION, SANDBOX = "https://isb.op.fi", "https://isb-test.op.fi"
METHODS: Mapping[str, str] = MappingProxyType({"fi-nordea": "nordea", "fi-op": "op"})


def profile(agreed: Registration) -> Profile:
    broker = PRODUCTION if agreed.is_production else SANDBOX
    return Profile(
        name="op",
        issuer=broker,
        client_id=agreed.client_id,
        authorization_endpoint=broker + "/oauth/authorize",
        token_endpoint=broker + "/oauth/token",
        # OP does not want its entity statement fetched by programs: it must be given.
        keys=agreed.keys
        or SignedKeys(broker + "/jwks/broker-signed", Entity(id=broker, statement=agreed.entity_statement)),
        is_production=agreed.is_production,
        scope="openid profile personal_identity_code",
        method_parameter="ftn_idp_id",
        service_name_parameter="ftn_spname",
        service_name=agreed.service_name,
        choice_address=f"{broker}/api/embedded-ui/{agreed.client_id}?lang={{language}}",
        uses_pkce=False,  # not in its description
        request_aud=broker,
        sends_outer_client_id=False,
        assertion_aud=broker + "/oauth/token",
        cancels=frozenset({"cancel"}),  # its `access_denied` is a fault of validation
        jwe_algs=("RSA-OAEP",),
        jwe_encs=("A128CBC-HS256",),
    )
