"""What the service signs towards the bank: by RS256, with a key that it registered, and for a short time."""

import json
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from identity.demo_bank.refused import BankRefused
from identity.demo_bank.registration import Jwk

ALGORITHM = "RS256"
HEADER = {"alg", "kid", "typ"}
SKEW = timedelta(seconds=60)

Claims = Mapping[str, object]


def signed_claims(token: str, keys: Sequence[Jwk], *, error: str) -> Claims:
    """Return what the service signed. Raises BankRefused with `error`."""
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
        _check_header(header, error)
        key = _key(header, keys)
        payload = jws.deserialize_compact(token, key, algorithms=[ALGORITHM]).payload
        claims = json.loads(payload)
    except (JoseError, NotBase64, ValueError, TypeError, RecursionError):
        raise BankRefused(error, "signature") from None
    if not isinstance(claims, dict):
        raise BankRefused(error, "signature")
    return claims


def moment_of(
    claims: Claims, *, longest: timedelta, now: datetime, grace: timedelta = timedelta(0), error: str
) -> datetime:
    """Return when it ends. Raises BankRefused for what is over, not yet, or lasts too long."""
    issued, ends = claims.get("iat"), claims.get("exp")
    if type(issued) is not int or type(ends) is not int:
        raise BankRefused(error, "times")
    if issued > (now + SKEW).timestamp():
        raise BankRefused(error, "iat")
    if ends <= (now - grace).timestamp() or ends - issued > longest.total_seconds():
        raise BankRefused(error, "exp")
    return datetime.fromtimestamp(ends, UTC)


def _check_header(header: Mapping[str, object], error: str) -> None:
    if header.get("alg") != ALGORITHM or not set(header) <= HEADER:
        raise BankRefused(error, "header")


def _key(header: Mapping[str, object], keys: Sequence[Jwk]) -> RSAKey:
    """Return the registered key of this name. Raises ValueError."""
    for jwk in keys:
        if jwk.get("use") == "sig" and jwk.get("kid") == header.get("kid"):
            return RSAKey.import_key({name: str(jwk[name]) for name in ("kty", "n", "e", "kid", "use")})
    raise ValueError("no such key")
