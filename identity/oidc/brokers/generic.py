"""Any other broker of the Finnish Trust Network, as its operator describes it in settings."""

from collections.abc import Mapping
from dataclasses import fields

from identity.assurance import Assurance
from identity.oidc.broker import FTN, ClaimNames, Profile
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import StaticKeys

NEEDED = ("ISSUER", "AUTHORIZATION_URL", "TOKEN_URL")
CLAIMS = tuple(field.name for field in fields(ClaimNames))


def profile(agreed: Registration, said: Mapping[str, str]) -> Profile:
    """`said` has what NEEDED names, and whatever else the broker differs in."""
    level = "loa" if agreed.is_production else "loatest"
    return Profile(
        name="broker",
        issuer=said["ISSUER"],
        client_id=agreed.client_id,
        authorization_endpoint=said["AUTHORIZATION_URL"],
        token_endpoint=said["TOKEN_URL"],
        keys=agreed.keys or StaticKeys('{"keys": []}'),
        is_production=agreed.is_production,
        scope=said.get("SCOPE", "openid profile personal_identity_code"),
        acr_values={Assurance.SUBSTANTIAL: said.get("ACR", f"{FTN}{level}2")},
        method_parameter=said.get("METHOD_PARAMETER", ""),
        prompt=said.get("PROMPT", ""),
        service_name_parameter="ftn_spname" if agreed.service_name else "",
        service_name=agreed.service_name,
        pushed_endpoint=said.get("PAR_URL", ""),
        uses_pkce=said.get("PKCE", "true") == "true",
        request_aud=said.get("REQUEST_AUD", said["ISSUER"]),
        sends_outer_client_id=said.get("OUTER_CLIENT_ID", "true") == "true",
        assertion_aud=said.get("ASSERTION_AUD", said["TOKEN_URL"]),
        needs_auth_time="login" in said.get("PROMPT", ""),
        claims=ClaimNames(
            **{name: said[f"CLAIM_{name.upper()}"] for name in CLAIMS if f"CLAIM_{name.upper()}" in said}
        ),
        methods=agreed.methods,
        takes_other_methods=not agreed.methods,
        method_prefix=said.get("METHOD_PREFIX", ""),
        jwe_algs=("RSA-OAEP", "RSA-OAEP-256"),
        jwe_encs=("A128CBC-HS256", "A128GCM", "A256GCM"),
    )
