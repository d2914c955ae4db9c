"""Idura (once Criipto), which resells Telia's (its documentation of March 2026)."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.assurance import Assurance
from identity.oidc.broker import LEVELS, ClaimNames, Profile
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import StaticKeys

URN = "urn:grn:authn:fi:"
METHODS: Mapping[str, str] = MappingProxyType(
    {URN + "bank-id": "bank", URN + "mobile-id": "mobile-certificate"}
)


def profile(agreed: Registration) -> Profile:
    broker = f"https://{agreed.domain}"
    methods = agreed.methods or METHODS
    return Profile(
        name="idura",
        issuer=broker,
        client_id=agreed.client_id,
        authorization_endpoint=broker + "/oauth2/authorize",
        token_endpoint=broker + "/oauth2/token",
        keys=agreed.keys or StaticKeys('{"keys": []}'),
        pushed_endpoint=broker + "/oauth2/par" if agreed.pushes else "",
        is_production=agreed.is_production,
        acr_values={Assurance.SUBSTANTIAL: URN + "all"},
        method_parameter="acr_values",
        languages={"sv": "se"},  # not the language's code
        # A test tenant applies the rules of 2025 only when it is asked to.
        further={} if agreed.is_production else {"login_hint": "enforce_ftn_requirements"},
        request_aud=broker,
        assertion_aud=broker,
        # What says a method in the place of a level must say one that is allowed.
        levels={**LEVELS, **dict.fromkeys((URN + "all", *methods), Assurance.SUBSTANTIAL)},
        unsaid_level=Assurance.SUBSTANTIAL,  # of all its Finnish methods
        claims=ClaimNames(personal_code="hetu", mobile="satu"),
        methods=methods,
        cancels=frozenset({"access_denied", "cancel"}),
        jwe_algs=("RSA-OAEP-256", "RSA-OAEP"),
        jwe_encs=("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM"),
    )
