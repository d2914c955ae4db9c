"""What we publish of ourselves: who we are, by our entity key, and our other keys, signed by it.

OpenID Federation 1.0, sections 3 and 5.2.1.1; the Finnish Trust Network uses
both without its chains of trust: a broker takes our statement by hand, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from identity.oidc.client_assertion import ALGORITHM, signed
from identity.oidc.own_key import CACHED, KeyUse, OwnKey, OwnKeys

STATEMENT_PATH = "/.well-known/openid-federation"
STATEMENT_TYPE = "application/entity-statement+jwt"
JWKS_PATH = "/.well-known/kohtaamo-signed-jwks.jwt"
JWKS_TYPE = "application/jwk-set+jwt"
STATEMENT_LASTS = timedelta(days=2 * 365)
RENEWED_EACH = timedelta(days=365)
ROUNDED_TO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelyingParty:
    """Who we are to brokers; `public_url` is our entity id."""

    public_url: str
    organisation: str
    redirect_uris: tuple[str, ...]


class Sign(Protocol):
    def __call__(self, us: RelyingParty, keys: OwnKeys, *, now: datetime) -> str | None: ...


class Published:
    """Both documents, signed anew only when a key or the moment has changed: anybody may ask for them."""

    def __init__(self, us: RelyingParty, own_keys: Callable[[], OwnKeys]) -> None:
        self._us = us
        self._own_keys = own_keys
        self._texts: dict[str, tuple[OwnKeys, datetime, str | None]] = {}

    def statement(self, *, now: datetime) -> str | None:
        return self._text("statement", entity_statement, now=now)

    def jwks(self, *, now: datetime) -> str | None:
        return self._text("jwks", signed_jwks, now=now)

    def _text(self, name: str, sign: Sign, *, now: datetime) -> str | None:
        keys, moment = self._own_keys(), _rounded(now)
        known = self._texts.get(name)
        if known is None or known[0] is not keys or known[1] != moment:
            known = self._texts[name] = (keys, moment, sign(self._us, keys, now=now))
        return known[2]


def entity_statement(us: RelyingParty, keys: OwnKeys, *, now: datetime) -> str | None:
    """Say who we are; nothing without an entity key.

    The same bytes for a year, unless an entity key comes or goes: a broker
    may have taken the SHA-256 of the file.
    """
    key = keys.used(KeyUse.ENTITY, now=now)
    if key is None:
        return None
    issued = _issued(keys, key, now=now)
    claims = {
        "iss": us.public_url,
        "sub": us.public_url,
        "iat": int(issued.timestamp()),
        "exp": int((issued + STATEMENT_LASTS).timestamp()),
        "jwks": {"keys": keys.published(KeyUse.ENTITY, now=now)},
        "metadata": {"openid_relying_party": _metadata(us)},
    }
    return signed(claims, key, typ="entity-statement+jwt")


def signed_jwks(us: RelyingParty, keys: OwnKeys, *, now: datetime) -> str | None:
    """Say by which keys we sign and open; they hold for a day, and the bytes are the same for ten minutes."""
    key = keys.used(KeyUse.ENTITY, now=now)
    if key is None:
        return None
    issued = int(_rounded(now).timestamp())
    claims = {
        "iss": us.public_url,
        "sub": us.public_url,
        "iat": issued,
        "exp": issued + int(CACHED.total_seconds()),
        "keys": keys.published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=now),
    }
    return signed(claims, key, typ="jwk-set+jwt")


def _rounded(now: datetime) -> datetime:
    step = ROUNDED_TO.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // step * step, UTC)


def _issued(keys: OwnKeys, key: OwnKey, *, now: datetime) -> datetime:
    """Return when the statement last changed: by a key, or else by its yearly renewal."""
    shown = [each for each in keys.of(KeyUse.ENTITY) if each.published_at is not None]
    moments = [at for each in shown for at in (each.published_at, each.retired_at, each.over_at)]
    changed = max((at for at in moments if at is not None and at <= now), default=now)
    return changed + (now - changed) // RENEWED_EACH * RENEWED_EACH


def _metadata(us: RelyingParty) -> dict[str, object]:
    return {
        "redirect_uris": list(us.redirect_uris),
        "application_type": "web",
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "id_token_signed_response_alg": ALGORITHM,
        "id_token_encrypted_response_alg": "RSA-OAEP",
        "id_token_encrypted_response_enc": "A128CBC-HS256",
        "request_object_signing_alg": ALGORITHM,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": ALGORITHM,
        "client_registration_types": [],
        "organization_name": us.organisation,
        "signed_jwks_uri": us.public_url + JWKS_PATH,
    }
