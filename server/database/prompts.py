"""Prompts on other devices that browsers wait for, each for one attempt."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import AttemptUnknown
from identity.prompt import Prompt, Prompted
from identity.secret import kept
from server.database.columns import Utc
from server.database.login_attempts import attempt_of, login_attempts
from server.database.metadata import METADATA
from server.sealing import Sealer

prompts = Table(
    "prompts",
    METADATA,
    Column("browser_hash", LargeBinary, primary_key=True),
    Column(
        "state_hash",
        LargeBinary,
        ForeignKey("login_attempts.state_hash", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("sealed", LargeBinary, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("ask_again_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("missed", Integer, nullable=False),
)


class SqlPrompts:
    """State and memo are sealed: the memo may hold a phone number."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def add(self, waiting: Prompted) -> None:
        attempt, prompt = waiting.attempt, waiting.prompt
        secret = attempt.state.encode("ascii") + b"\0" + prompt.memo
        await self._connection.execute(
            insert(prompts).values(
                browser_hash=attempt.browser_hash,
                state_hash=kept(attempt.state),
                sealed=self._sealer.seal(secret, purpose=_purpose(attempt.browser_hash)),
                event_id=prompt.event_id,
                ask_again_at=prompt.ask_again_at,
                ends_at=prompt.ends_at,
                missed=waiting.missed,
            )
        )

    async def find(self, browser_hash: bytes) -> Prompted:
        ours = (
            prompts.c.sealed,
            prompts.c.event_id,
            prompts.c.ask_again_at,
            prompts.c.ends_at,
            prompts.c.missed,
        )
        query = (
            select(*ours, *login_attempts.c)
            .join_from(prompts, login_attempts)
            .where(prompts.c.browser_hash == browser_hash, login_attempts.c.used_at.is_(None))
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise AttemptUnknown
        return self._waiting(row)

    async def take_turn(self, browser_hash: bytes, *, now: datetime, until: datetime) -> bool:
        taken = await self._connection.execute(
            update(prompts)
            .where(prompts.c.browser_hash == browser_hash, prompts.c.ask_again_at <= now)
            .values(ask_again_at=until)
        )
        return taken.rowcount == 1

    async def put_off(self, browser_hash: bytes, *, until: datetime, missed: int) -> None:
        await self._connection.execute(
            update(prompts)
            .where(prompts.c.browser_hash == browser_hash)
            .values(ask_again_at=until, missed=missed)
        )

    async def remove(self, browser_hash: bytes) -> None:
        await self._connection.execute(delete(prompts).where(prompts.c.browser_hash == browser_hash))

    def _waiting(self, row: Row[Any]) -> Prompted:
        opened = self._sealer.open(row.sealed, purpose=_purpose(row.browser_hash))
        state, _, memo = opened.partition(b"\0")
        prompt = Prompt(event_id=row.event_id, memo=memo, ask_again_at=row.ask_again_at, ends_at=row.ends_at)
        return Prompted(attempt=attempt_of(state.decode("ascii"), row), prompt=prompt, missed=row.missed)


def _purpose(browser_hash: bytes) -> str:
    return f"prompt {browser_hash.hex()}"
