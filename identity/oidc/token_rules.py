"""The rules that hold for any id_token, a bank's or an employer's (OIDC Core, 3.1.3.7)."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from identity.errors import AssertionRefused
from identity.oidc.claim import number, text
from identity.oidc.signed import Claims
from identity.secret import is_same


class Parties(Protocol):
    """Who says it to whom, and how far two clocks may be apart."""

    @property
    def issuer(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def skew(self) -> timedelta: ...
    @property
    def oldest(self) -> timedelta: ...


def check_parties(claims: Claims, parties: Parties) -> None:
    if claims.get("iss") != parties.issuer:
        raise AssertionRefused("iss")
    if claims.get("aud") not in (parties.client_id, [parties.client_id]):
        raise AssertionRefused("aud")
    if claims.get("azp", parties.client_id) != parties.client_id:
        raise AssertionRefused("azp")


def check_times(claims: Claims, parties: Parties, *, now: datetime) -> None:
    moment, skew = now.timestamp(), parties.skew.total_seconds()
    issued = number(claims, "iat")
    if moment >= number(claims, "exp") + skew:
        raise AssertionRefused("exp")
    if issued > moment + skew or issued < moment - parties.oldest.total_seconds():
        raise AssertionRefused("iat")
    if "nbf" in claims and number(claims, "nbf") > moment + skew:
        raise AssertionRefused("nbf")


def check_access_token(claims: Claims, access_token: str | None) -> None:
    """Compare `at_hash`, where it is said (OIDC Core, 3.1.3.6; RS256 and ES256 alike hash by SHA-256)."""
    if "at_hash" not in claims:
        return
    digest = sha256((access_token or "").encode("utf-8", "replace")).digest()[:16]
    right = urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
    if access_token is None or not is_same(text(claims, "at_hash"), right):
        raise AssertionRefused("at_hash")
