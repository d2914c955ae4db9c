"""The demo's letters, kept for its outbox page instead of being sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Row, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.letter import LetterDue
from server.database.columns import JSON_VALUE, Utc, id_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.database.outbox_table import Delivery, outbox

demo_letters = Table(
    "demo_letters",
    METADATA,
    id_column(),
    Column("message_id", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("links", JSON_VALUE, nullable=False),
    Column("at", Utc, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLetter:
    """A letter as it would have gone out; each link is its label and its address."""

    message_id: str
    channel: str
    to: str
    subject: str
    text: str
    at: datetime
    html: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLetter:
    """A letter of the made-up past, with what became of it; nothing of it is on the outbox page."""

    id: UUID
    letter: LetterDue
    put_at: datetime
    state: Delivery
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    reason: str | None = None


class SqlDemoLetters:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, letter: DemoLetter) -> None:
        """Keep a letter; the same one again is dropped, as a gateway that honours the key does."""
        row = {
            "id": uuid4(),
            "message_id": letter.message_id,
            "channel": letter.channel,
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "links": [list(link) for link in letter.links],
            "at": letter.at,
        }
        once = insert_into(self._connection, demo_letters).values(**row)
        await self._connection.execute(once.on_conflict_do_nothing(index_elements=["message_id"]))

    async def add_past(self, letters: Collection[PastLetter]) -> None:
        """Keep letters as if they had gone their way; of one in doubt a person decides."""
        if letters:
            await self._connection.execute(insert(outbox), [_past(one) for one in letters])

    async def all(self) -> list[DemoLetter]:
        """Return all, the newest first."""
        query = select(demo_letters).order_by(demo_letters.c.at.desc(), demo_letters.c.id)
        return [_letter(row) for row in await self._connection.execute(query)]


def _past(one: PastLetter) -> dict[str, object]:
    due, tries = one.letter, 2 if one.state is Delivery.IN_DOUBT else 1
    return {
        "id": one.id,
        "appointment_id": due.appointment_id,
        "kind": due.kind,
        "sequence": due.sequence,
        "offer_id": due.offer_id,
        "channel": due.channel,
        "put_at": one.put_at,
        "state": one.state,
        "tries": tries,
        "doubts": tries if one.state is Delivery.IN_DOUBT else 0,
        "claimed_at": one.sent_at or one.put_at,
        "claimed_by": "demo",
        "sent_at": one.sent_at,
        "delivered_at": one.delivered_at,
        "reason": one.reason,
    }


def _letter(row: Row[Any]) -> DemoLetter:
    return DemoLetter(
        message_id=row.message_id,
        channel=row.channel,
        to=row.to,
        subject=row.subject,
        text=row.text,
        at=row.at,
        html=row.html,
        links=tuple((label, address) for label, address in row.links),
    )
