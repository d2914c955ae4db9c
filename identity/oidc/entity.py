"""A broker's entity statement: believed because it was given to us, or for its SHA-256."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from identity.errors import AssertionRefused
from identity.oidc.key_source import Entity
from identity.oidc.keys import VerifyingKeys, verifying_keys
from identity.oidc.signed import claimed, key_id, verified
from identity.oidc.strict_json import read_object


async def statement_of(entity: Entity, ask: Callable[[str], Awaitable[bytes]]) -> str:
    """Return the statement that was given, or fetch the one that was pinned.

    Raises AssertionRefused for another file, and what `ask` raises.
    """
    if entity.statement:
        return entity.statement
    body = await ask(entity.address)
    if sha256(body).hexdigest() not in entity.pins:
        raise AssertionRefused("entity_pin")
    return body.decode("ascii", "replace").strip()


def keys_of(statement: str, entity_id: str | None, *, now: datetime) -> VerifyingKeys:
    """Read the keys in a statement that we have reason to believe; it must still hang together.

    A JWK Set in its place is taken as well: some brokers give their entity key by hand.
    Without an entity id, whose it is remains to be asked.
    """
    if statement.lstrip().startswith("{"):
        return verifying_keys(read_object(statement, check="entity_statement"))
    claims = _self_signed(statement)
    issuer = claims.get("iss")
    if issuer != claims.get("sub") or (entity_id is not None and issuer != entity_id):
        raise AssertionRefused("entity_issuer")
    ends = _ends(claims)
    if ends is not None and now.timestamp() >= ends:
        raise AssertionRefused("entity_exp")
    return verifying_keys(claims.get("jwks"))


def ends_at(statement: str) -> datetime | None:
    """Return until when a statement holds; None for one without an end, and for a JWK Set in its place."""
    ends = None if statement.lstrip().startswith("{") else _ends(_self_signed(statement))
    try:
        return None if ends is None else datetime.fromtimestamp(ends, UTC)
    except (OverflowError, OSError, ValueError):
        return None  # an end beyond all calendars


def _ends(claims: Mapping[str, object]) -> float | None:
    ends = claims.get("exp")
    return ends if isinstance(ends, int | float) else None


def _self_signed(statement: str) -> Mapping[str, object]:
    """A statement is signed by one of the keys that it names."""
    key = verifying_keys(claimed(statement).get("jwks")).get(key_id(statement))
    if key is None:
        raise AssertionRefused("entity_kid")
    return verified(statement, key, algorithms=["RS256"], check="entity_signature")
