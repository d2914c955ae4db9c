"""The check of a signature: which key is named, what the header may say, and then the signature itself.

joserfc stands here and in the modules beside; it refuses keys that are not
for signing and any algorithm that is not listed.
"""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Collection, Mapping

from joserfc import jws
from joserfc.errors import JoseError

from identity.errors import AssertionRefused
from identity.oidc.keys import VerifyingKey
from identity.oidc.strict_json import read_object

LONGEST = 128_000
POINTS_AT_KEYS = ("jwk", "jku", "x5u")

Claims = Mapping[str, object]


def claimed(token: str) -> Claims:
    """Read what a signed token claims, to find out by which key it wants to be verified."""
    _, payload, _ = token.split(".") if token.count(".") == 2 else ("", "", "")
    return read_object(_decoded(payload), check="shape")


def header_of(token: str, *, parts: int, longest: int = LONGEST) -> Mapping[str, object]:
    """Read the header of a compact token, before anything of it is believed. Raises AssertionRefused."""
    if len(token) > longest or token.count(".") != parts - 1:
        raise AssertionRefused("shape")
    return read_object(_decoded(token.split(".", 1)[0]), check="shape")


def _decoded(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (NotBase64, ValueError):
        raise AssertionRefused("shape") from None


def key_id(token: str, *, longest: int = LONGEST) -> str:
    """Read which key is said to have signed.

    Raises AssertionRefused when the token is too large, has not three parts,
    names no key, brings or points at one of its own, or wants something
    understood that we do not.
    """
    header = header_of(token, parts=3, longest=longest)
    if "crit" in header or any(member in header for member in POINTS_AT_KEYS):
        raise AssertionRefused("jws_header")
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise AssertionRefused("kid")
    return kid


def verified(
    token: str, key: VerifyingKey, *, algorithms: Collection[str], check: str = "signature"
) -> Claims:
    """Return what a key signed. Raises AssertionRefused, by one name whatever was wrong."""
    try:
        # An `x5c` in the header is not looked at: the key is given.
        registry = jws.JWSRegistry(algorithms=list(algorithms), strict_check_header=False)
        payload = jws.deserialize_compact(token, key, registry=registry).payload
    except (JoseError, ValueError, TypeError, RecursionError):
        raise AssertionRefused(check) from None
    return read_object(payload, check="shape")
