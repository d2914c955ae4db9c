"""The outer shell of an id_token: what its header may say is judged before any key is used (RFC 7516)."""

from collections.abc import Mapping

from joserfc import jwe
from joserfc.errors import JoseError

from identity.errors import AssertionRefused
from identity.oidc.broker import Profile
from identity.oidc.own_key import DecryptionKeys
from identity.oidc.signed import header_of

LONGEST = 65_536
PARTS = 5


def decrypted(token: str, keys: DecryptionKeys, profile: Profile) -> str:
    """Return the signed token inside.

    Raises AssertionRefused: by name for what stands in the open header, and
    by one single name for every fault of decryption, so that nobody learns
    from our answers what a ciphertext holds.
    """
    if token.count(".") != PARTS - 1:
        raise AssertionRefused("not_encrypted")
    header = header_of(token, parts=PARTS, longest=LONGEST)
    _check_header(header, profile)
    key = keys.get(_kid(header, keys))
    if key is None:
        raise AssertionRefused("jwe_kid")
    algorithms = [str(header["alg"]), str(header["enc"])]
    registry = jwe.JWERegistry(algorithms=algorithms, strict_check_header=False)
    try:
        plain = jwe.decrypt_compact(token, key, registry=registry).plaintext
        return (plain or b"").decode("ascii")
    except (JoseError, ValueError, TypeError, RecursionError):
        raise AssertionRefused("decryption") from None


def _check_header(header: Mapping[str, object], profile: Profile) -> None:
    if header.get("alg") not in profile.jwe_algs:
        raise AssertionRefused("jwe_alg")
    if header.get("enc") not in profile.jwe_encs:
        raise AssertionRefused("jwe_enc")
    if "zip" in header:
        raise AssertionRefused("jwe_zip")
    if "crit" in header:
        raise AssertionRefused("jwe_crit")
    if str(header.get("cty", "JWT")).upper() != "JWT":
        raise AssertionRefused("jwe_cty")
    if header.get("iss", profile.issuer) != profile.issuer:
        raise AssertionRefused("jwe_iss")
    if header.get("aud", profile.client_id) not in (profile.client_id, [profile.client_id]):
        raise AssertionRefused("jwe_aud")


def _kid(header: Mapping[str, object], keys: DecryptionKeys) -> str:
    """Return which of our keys it is for; it may be left unsaid only where we have a single one."""
    said = header.get("kid", next(iter(keys)) if len(keys) == 1 else None)
    if not isinstance(said, str):
        raise AssertionRefused("jwe_kid")
    return said
