"""Signicat (its pages on the Finnish Trust Network, 2026)."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.assurance import Assurance
from identity.oidc.broker import LEVELS, ClaimNames, Profile
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import StaticKeys

ASKED = "idp:ftn"
METHODS: Mapping[str, str] = MappingProxyType({"fi-nordea": "nordea", "fi-op": "op"})


def profile(agreed: Registration) -> Profile:
    broker = f"https://{agreed.domain}/auth/open"
    return Profile(
        name="signicat",
        issuer=broker,
        client_id=agreed.client_id,
        authorization_endpoint=broker + "/connect/authorize",
        token_endpoint=broker + "/connect/token",
        keys=agreed.keys or StaticKeys('{"keys": []}'),
        pushed_endpoint=broker + "/connect/par" if agreed.pushes else "",
        is_production=agreed.is_production,
        scope="openid profile idp-id nin ftn-extra",
        acr_values={Assurance.SUBSTANTIAL: ASKED},
        service_name_parameter="ftn_sp_name",  # spelt so
        service_name=agreed.service_name,
        request_aud=broker,
        assertion_aud=broker + "/connect/token",
        levels={**LEVELS, ASKED: Assurance.SUBSTANTIAL},
        unsaid_level=Assurance.SUBSTANTIAL,  # of all its Finnish methods
        names_itself=True,
        claims=ClaimNames(personal_code="nin", method="ftn_idp"),
        methods=agreed.methods or METHODS,
        takes_other_methods=not agreed.methods,
        cancels=frozenset({"access_denied", "cancel"}),
        # As its discovery document says (sandbox, 2026), without RSA1_5, which the rules forbid.
        jwe_algs=("RSA-OAEP",),
        jwe_encs=("A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"),
    )
