"""A broker's keys: fetched when they are needed, believed by the entity key, kept for a day at most."""

from asyncio import Lock
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from identity.errors import AssertionRefused, BankUnavailable, IdentificationFailed
from identity.oidc.entity import keys_of, statement_of
from identity.oidc.key_source import Entity, KeySource, SignedKeys, StaticKeys
from identity.oidc.keys import VerifyingKey, VerifyingKeys, verifying_keys
from identity.oidc.signed import key_id, verified
from identity.oidc.strict_json import read_object

KEPT = timedelta(hours=24)
REFETCH_AFTER = timedelta(minutes=1)
SKEW = timedelta(seconds=60)


class Ask(Protocol):
    async def __call__(self, url: str) -> bytes:
        """Fetch a body. Raises IdentificationFailed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cached:
    keys: VerifyingKeys
    fetched_at: datetime
    fresh_until: datetime

    def is_fresh(self, now: datetime) -> bool:
        return now < self.fresh_until

    def may_serve(self, now: datetime) -> bool:
        return now < self.fetched_at + KEPT


class BrokerKeys:
    """Remembers public keys and nothing else. One fetch at a time, whoever else waits for it."""

    def __init__(self, source: KeySource, ask: Ask) -> None:
        self._source = source
        self._ask = ask
        self._lock = Lock()
        self._cached: _Cached | None = None
        self._tried_at: datetime | None = None
        self._statement: str | None = None

    async def know(self, *, now: datetime) -> VerifyingKeys:
        """Have keys in hand before somebody is sent away. Raises IdentificationFailed when there are none."""
        serving = self._serving(now)
        if serving is None:
            async with self._lock:
                serving = self._serving(now) or await self._fetch(now=now)
        return serving

    async def get(self, kid: str, *, now: datetime) -> VerifyingKey:
        """Return the key of this name. One unknown makes us fetch anew, once a minute at most.

        Raises AssertionRefused when the broker has none of this name, and
        BankUnavailable when there is nothing to go by.
        """
        if not self._is_enough(kid, now):
            async with self._lock:
                if not self._is_enough(kid, now) and self._may_try(now):
                    await self._refreshed(kid, now=now)
        serving = self._serving(now)
        key = None if serving is None else serving.get(kid)
        if key is None:
            raise AssertionRefused("kid")
        return key

    def _is_enough(self, kid: str, now: datetime) -> bool:
        cached = self._cached
        return cached is not None and cached.is_fresh(now) and cached.keys.get(kid) is not None

    def _may_try(self, now: datetime) -> bool:
        is_served = self._serving(now) is not None
        return not is_served or self._tried_at is None or now >= self._tried_at + REFETCH_AFTER

    def _serving(self, now: datetime) -> VerifyingKeys | None:
        return self._cached.keys if self._cached is not None and self._cached.may_serve(now) else None

    async def _refreshed(self, kid: str, *, now: datetime) -> None:
        """Fetch, or go on with what is known where that suffices.

        Only these fetches are counted: a broker may change its keys just after we first read them.
        """
        self._tried_at = now
        try:
            await self._fetch(now=now)
        except IdentificationFailed:
            serving = self._serving(now)
            if serving is None or serving.get(kid) is None:
                raise

    async def _fetch(self, *, now: datetime) -> VerifyingKeys:
        found, until = await self._found(self._source, now=now)
        self._cached = _Cached(keys=found, fetched_at=now, fresh_until=min(until, now + KEPT))
        return found

    async def _found(self, source: KeySource, *, now: datetime) -> tuple[VerifyingKeys, datetime]:
        if isinstance(source, SignedKeys):
            return await self._signed(source.address, source.entity, now=now)
        jwks = source.jwks if isinstance(source, StaticKeys) else await self._ask(source.address)
        return verifying_keys(read_object(jwks, check="jwks")), now + KEPT

    async def _signed(self, address: str, entity: Entity, *, now: datetime) -> tuple[VerifyingKeys, datetime]:
        known = self._statement
        statement = known or await statement_of(entity, self._ask)
        body = (await self._ask(address)).strip()
        try:
            found = signed_set(body, keys_of(statement, entity.id, now=now), entity.id, now=now)
        except AssertionRefused:
            if known is None or entity.statement:
                raise
            self._statement = None  # the entity's key may have changed: read its statement anew
            return await self._signed(address, entity, now=now)
        self._statement = statement
        return found


def signed_set(
    body: bytes, entity: VerifyingKeys, entity_id: str, *, now: datetime
) -> tuple[VerifyingKeys, datetime]:
    """Return the keys that the entity vouches for, and until when.

    Raises AssertionRefused, or BankUnavailable for what is no token at all.
    """
    try:
        token = body.decode("ascii")
    except UnicodeDecodeError:
        raise BankUnavailable from None
    key = entity.get(key_id(token))
    if key is None:
        raise AssertionRefused("jwks_kid")
    claims = verified(token, key, algorithms=["RS256"], check="jwks_signature")
    if not claims.get("iss") == claims.get("sub") == entity_id:
        raise AssertionRefused("jwks_issuer")
    return verifying_keys(claims), _until(claims, now=now)


def _until(claims: Mapping[str, object], *, now: datetime) -> datetime:
    issued, ends = claims.get("iat", now.timestamp()), claims.get("exp")
    if not isinstance(issued, int | float) or issued > (now + SKEW).timestamp():
        raise AssertionRefused("jwks_iat")
    if ends is None:
        return now + KEPT
    if not isinstance(ends, int | float) or not now.timestamp() < ends:
        raise AssertionRefused("jwks_exp")
    return now + min(KEPT, timedelta(seconds=min(ends - now.timestamp(), KEPT.total_seconds())))
