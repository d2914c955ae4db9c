"""Answers to calls that carried an Idempotency-Key, kept for a day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    delete,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.sealing import Sealer

KEPT = timedelta(hours=24)
# No call lasts as long: whoever began it is dead, and its work was rolled back.
ABANDONED = timedelta(minutes=2)

idempotency_keys = Table(
    "idempotency_keys",
    METADATA,
    Column("api_key_id", Uuid, ForeignKey("api_keys.id", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", LargeBinary, primary_key=True),
    Column("body_hash", LargeBinary, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Column("status", Integer),
    Column("answer", Text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCall:
    """A call that came before with the same key; without a status it is still under way."""

    body_hash: bytes
    at: datetime
    status: int | None = None
    answer: str | None = None


class SqlIdempotency:
    """Begin in a unit of its own; finish in the unit that does the work, so that both stand or fall.

    Answers hold personal links, which stand nowhere else in clear, and are therefore kept sealed.
    """

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def begin(
        self, api_key_id: UUID, key_hash: bytes, body_hash: bytes, *, now: datetime
    ) -> KeptCall | None:
        """Begin a call and return None, or return the one that came before with the same key."""
        first = insert_into(self._connection, idempotency_keys).values(
            api_key_id=api_key_id, key_hash=key_hash, body_hash=body_hash, at=now
        )
        is_over = (idempotency_keys.c.at <= now - KEPT) | (
            idempotency_keys.c.status.is_(None) & (idempotency_keys.c.at <= now - ABANDONED)
        )
        begun = await self._connection.execute(
            first.on_conflict_do_update(
                index_elements=["api_key_id", "key_hash"],
                set_={"body_hash": body_hash, "at": now, "status": None, "answer": None},
                where=is_over,
            ).returning(idempotency_keys.c.at)
        )
        return None if begun.first() else await self.get(api_key_id, key_hash)

    async def get(self, api_key_id: UUID, key_hash: bytes) -> KeptCall | None:
        columns = (c for c in idempotency_keys.c if not c.primary_key)
        row = (
            await self._connection.execute(select(*columns).where(_is(api_key_id, key_hash)))
        ).one_or_none()
        if row is None:
            return None
        kept = KeptCall(**row._mapping)
        if kept.answer is None:
            return kept
        sealed = urlsafe_b64decode(kept.answer)
        answer = self._sealer.open(sealed, purpose=_purpose(api_key_id, key_hash)).decode()
        return replace(kept, answer=answer)

    async def finish(self, api_key_id: UUID, key_hash: bytes, *, status: int, answer: str) -> None:
        """Keep the answer that every later call with the key gets."""
        sealed = self._sealer.seal(answer.encode(), purpose=_purpose(api_key_id, key_hash))
        answer = urlsafe_b64encode(sealed).decode()
        await self._connection.execute(
            update(idempotency_keys).where(_is(api_key_id, key_hash)).values(status=status, answer=answer)
        )

    async def forget(self, api_key_id: UUID, key_hash: bytes) -> None:
        """Let the key be used anew, after a fault of ours."""
        await self._connection.execute(delete(idempotency_keys).where(_is(api_key_id, key_hash)))


def _purpose(api_key_id: UUID, key_hash: bytes) -> str:
    return f"answer {api_key_id} {key_hash.hex()}"


def _is(api_key_id: UUID, key_hash: bytes) -> ColumnElement[bool]:
    return (idempotency_keys.c.api_key_id == api_key_id) & (idempotency_keys.c.key_hash == key_hash)
