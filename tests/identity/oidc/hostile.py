"""A broker that errs on demand: every token is right but for one thing."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from identity.assurance import Assurance
from identity.oidc.broker import FTN, Profile
from identity.oidc.key_source import PlainKeys
from identity.oidc.keys import VerifyingKeys, verifying_keys

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOMENT = int(NOW.timestamp())
NONCE = "n-right"

KEY = ECKey.generate_key("P-256", {"kid": "sig-1", "use": "sig"})
ROGUE = ECKey.generate_key("P-256", {"kid": "sig-1", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa-1", "use": "sig"})
KEYS: VerifyingKeys = verifying_keys({"keys": [KEY.as_dict(private=False), RSA.as_dict(private=False)]})

PROFILE = Profile(
    name="broker",
    issuer="https://broker.example",
    client_id="kohtaamo",
    authorization_endpoint="https://broker.example/authorize",
    token_endpoint="https://broker.example/token",
    keys=PlainKeys("https://broker.example/jwks"),
    acr_values={Assurance.SUBSTANTIAL: FTN + "loa2"},
    is_production=False,
    request_aud="https://broker.example",
    assertion_aud="https://broker.example/token",
    jwe_algs=("RSA-OAEP",),
    jwe_encs=("A128CBC-HS256",),
    jws_algs=("RS256", "ES256"),
)
RIGHT: Mapping[str, object] = {
    "iss": "https://broker.example",
    "aud": "kohtaamo",
    "azp": "kohtaamo",
    "sub": "transient",
    "iat": MOMENT,
    "exp": MOMENT + 600,
    "nonce": NONCE,
    "acr": FTN + "loa2",
    "given_name": "Aino Maria",
    "family_name": "Virtanen",
    "birthdate": "1994-05-01",
    "personal_identity_code": "010594Y9021",
}


def token(
    claims: Mapping[str, object] = RIGHT,
    *,
    key: ECKey | RSAKey | OctKey = KEY,
    alg: str = "ES256",
    **header: object,
) -> str:
    """Sign claims; a header member that is None is left out."""
    members = {"alg": alg, "kid": "sig-1", "typ": "JWT", **header}
    protected = {name: value for name, value in members.items() if value is not None}
    text = json.dumps(claims)
    registry = jws.JWSRegistry(algorithms=[alg], strict_check_header=False)
    return jws.serialize_compact(protected, text, key, registry=registry)


def without(name: str) -> dict[str, object]:
    return {each: value for each, value in RIGHT.items() if each != name}
