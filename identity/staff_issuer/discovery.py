"""Where an issuer is asked, as it says itself (OIDC Discovery 1.0): addresses, and nothing else of it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from identity.errors import AssertionRefused
from identity.oidc.claim import text
from identity.oidc.strict_json import read_object

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    authorization: str
    token: str
    jwks: str


def discovery_address(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def endpoints_in(document: bytes, issuer: str) -> Endpoints:
    """Read the document of the issuer that was agreed on. Raises AssertionRefused.

    It must name itself as agreed, to the letter (4.3), and browsers are sent to its own origin alone: who
    types a password there looks at the address.
    """
    said = read_object(document, check="discovery")
    if said.get("issuer") != issuer:
        raise AssertionRefused("discovery_issuer")
    found = Endpoints(
        authorization=_address(text(said, "authorization_endpoint")),
        token=_address(text(said, "token_endpoint")),
        jwks=_address(text(said, "jwks_uri")),
    )
    if urlsplit(found.authorization)[:2] != urlsplit(issuer)[:2]:
        raise AssertionRefused("discovery_origin")
    return found


def _address(address: str) -> str:
    """Take https, and plain http on this machine alone."""
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not is_here:
        raise AssertionRefused("discovery_address")
    return address
