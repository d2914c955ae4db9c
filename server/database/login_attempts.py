"""Trips to a bank and back, each handed out once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Row, Table, Text, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.assurance import Assurance
from identity.errors import AttemptUnknown
from identity.login_attempt import LoginAttempt, Purpose
from identity.secret import kept
from server.database.columns import Utc, appointment_column
from server.database.metadata import METADATA

login_attempts = Table(
    "login_attempts",
    METADATA,
    Column("state_hash", LargeBinary, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    appointment_column(is_indexed=True),
    Column("provider", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("fingerprint", LargeBinary),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("used_at", Utc),
)


class SqlLoginAttempts:
    """The state is kept as a hash: a thief of the table cannot finish anybody's trip."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, attempt: LoginAttempt) -> None:
        await self._connection.execute(
            insert(login_attempts).values(
                state_hash=kept(attempt.state),
                salt=attempt.salt,
                verifier=attempt.verifier,
                appointment_id=attempt.appointment_id,
                provider=attempt.provider,
                purpose=attempt.purpose.value,
                asked=attempt.asked.word,
                fingerprint=attempt.fingerprint,
                browser_hash=attempt.browser_hash,
                created_at=attempt.created_at,
                expires_at=attempt.expires_at,
            )
        )

    async def use(self, state: str, *, now: datetime) -> LoginAttempt:
        used = await self._connection.execute(
            update(login_attempts)
            .where(login_attempts.c.state_hash == kept(state), login_attempts.c.used_at.is_(None))
            .values(used_at=now)
            .returning(*login_attempts.c)
        )
        row = used.one_or_none()
        if row is None:
            raise AttemptUnknown
        return attempt_of(state, row)


def attempt_of(state: str, row: Row[Any]) -> LoginAttempt:
    return LoginAttempt(
        state=state,
        salt=row.salt,
        verifier=row.verifier,
        appointment_id=row.appointment_id,
        provider=row.provider,
        purpose=Purpose(row.purpose),
        asked=Assurance.of(row.asked),
        fingerprint=row.fingerprint,
        browser_hash=row.browser_hash,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
