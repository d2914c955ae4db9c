"""The table of letters: one row for each letter and channel.

waiting ──claim──► claimed ──► sent | dropped | failed
   ▲                  │ ├──► waiting (retry_at, put_back: it surely did not go out)
   │                  │ └──► in_doubt, when the worker died or the other side did not answer: nobody
   └──────────────────┘      knows whether it went out. It is claimed once more after five minutes, then
                             waits for a person, who has it sent again or leaves it
A sent letter may still fail, when it comes back (mark_failed).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Row, Table, Text, Uuid

from booking.letter import Channel, LetterDue, LetterKind
from server.database.columns import Utc, appointment_column, id_column
from server.database.metadata import METADATA


class Delivery(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


outbox = Table(
    "outbox",
    METADATA,
    id_column(),
    appointment_column(is_indexed=True),
    Column("kind", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("put_at", Utc, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("next_at", Utc),
    Column("tries", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("claimed_at", Utc),
    Column("claimed_by", Text),
    Column("sent_at", Utc),
    Column("delivered_at", Utc),
    Column("reason", Text),
    Column("recipient", Text),
    Column("offer_id", Uuid),
    Column("channel", Text, nullable=False),
    Column("leave_by", Utc),
    Index("ix_outbox_channel_state_next_at", "channel", "state", "next_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """One letter in the outbox; `id` is the same at every try, for the Message-ID and the gateway's key."""

    id: UUID
    letter: LetterDue
    put_at: datetime
    state: Delivery
    tries: int
    doubts: int
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    reason: str | None = None


def outgoing_of(row: Row[Any]) -> OutgoingLetter:
    return OutgoingLetter(
        id=row.id,
        letter=LetterDue(
            appointment_id=row.appointment_id,
            kind=LetterKind(row.kind),
            sequence=row.sequence,
            to=row.recipient or "",
            offer_id=row.offer_id,
            channel=Channel(row.channel),
            leave_by=row.leave_by,
        ),
        put_at=row.put_at,
        state=Delivery(row.state),
        tries=row.tries,
        doubts=row.doubts,
        claimed_at=row.claimed_at,
        sent_at=row.sent_at,
        reason=row.reason,
    )
