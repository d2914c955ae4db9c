"""The bank's own keys: one signs assertions, and another, the entity's, vouches for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from joserfc import jws
from joserfc.jwk import KeySet, RSAKey

BITS = 2048
ALGORITHM = "RS256"
JWKS_LASTS = timedelta(hours=1)
STATEMENT_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class BankKeys:
    signing: RSAKey = field(repr=False)
    entity: RSAKey = field(repr=False)


def made_bank_keys() -> BankKeys:
    return BankKeys(*(_made(name) for name in ("bank-sig", "bank-entity")))


def written(keys: BankKeys) -> bytes:
    """Write them down with their private halves, for the data folder."""
    return json.dumps({"keys": [key.as_dict(private=True) for key in (keys.signing, keys.entity)]}).encode()


def read(text: bytes) -> BankKeys:
    signing, entity = KeySet.import_key_set(json.loads(text)).keys
    assert isinstance(signing, RSAKey)
    assert isinstance(entity, RSAKey)
    return BankKeys(signing, entity)


def public(key: RSAKey) -> dict[str, object]:
    return {**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM}


def signed_jwks(keys: BankKeys, issuer: str, *, now: datetime) -> str:
    """Say which keys sign assertions, for an hour, in the entity's name (Finnish Trust Network)."""
    said = {"keys": [public(keys.signing)], **_said_by(issuer, JWKS_LASTS, now=now)}
    return signed(said, keys.entity, typ="jwk-set+jwt")


def entity_statement(keys: BankKeys, issuer: str, *, now: datetime) -> str:
    """Say who we are, and which key vouches for our keys (OpenID Federation 1.0, section 3)."""
    provider = {"issuer": issuer, "signed_jwks_uri": issuer + "/signed_jwks.jwt"}
    said = {
        "jwks": {"keys": [public(keys.entity)]},
        "metadata": {"openid_provider": provider},
        **_said_by(issuer, STATEMENT_LASTS, now=now),
    }
    return signed(said, keys.entity, typ="entity-statement+jwt")


def signed(said: Mapping[str, object], key: RSAKey, *, typ: str = "JWT") -> str:
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": typ}
    return jws.serialize_compact(header, json.dumps(said), key, algorithms=[ALGORITHM])


def _made(kind: str) -> RSAKey:
    key = RSAKey.generate_key(BITS, auto_kid=False)
    jwk = {**key.as_dict(private=True), "kid": f"{kind}-{key.thumbprint()[:8]}", "use": "sig"}
    return RSAKey.import_key(jwk)


def _said_by(issuer: str, lasts: timedelta, *, now: datetime) -> dict[str, object]:
    moment = int(now.timestamp())
    return {"iss": issuer, "sub": issuer, "iat": moment, "exp": moment + int(lasts.total_seconds())}
