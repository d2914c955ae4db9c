"""The words of letters that admins have written, a row for each place."""

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint, Uuid, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from booking.letter import Channel, LetterKind
from booking.letter_text import Part, TextPlace, Words
from server.database.columns import JSON_VALUE
from server.database.metadata import METADATA
from server.database.name_locks import lock_names

letter_texts = Table(
    "letter_texts",
    METADATA,
    Column("place", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("offering_id", Uuid, ForeignKey("offerings.id")),
    Column("words", JSON_VALUE, nullable=False),
    UniqueConstraint("kind", "language", "channel", "offering_id"),
)
"""`place` is the key: a constraint over the columns would let everybody's words stand twice."""


class SqlLetterTexts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, place: TextPlace) -> None:
        await lock_names(self._connection, f"letter text {_key(place)}")

    async def find(self, place: TextPlace) -> Words | None:
        query = select(letter_texts.c.words).where(letter_texts.c.place == _key(place))
        return _words((await self._connection.execute(query)).scalar_one_or_none())

    async def standing_for(self, place: TextPlace) -> Words | None:
        columns = letter_texts.c
        query = (
            select(columns.words)
            .where(columns.kind == place.kind, columns.language == place.language)
            .where(columns.channel == place.channel, _is_for(place))
            .order_by(columns.offering_id.is_(None))
            .limit(1)
        )
        return _words((await self._connection.execute(query)).scalar_one_or_none())

    async def places(self) -> list[TextPlace]:
        columns = letter_texts.c
        query = select(columns.kind, columns.language, columns.channel, columns.offering_id)
        return [
            TextPlace(
                kind=LetterKind(row.kind),
                language=row.language,
                channel=Channel(row.channel),
                offering_id=row.offering_id,
            )
            for row in await self._connection.execute(query)
        ]

    async def put(self, place: TextPlace, words: Words) -> None:
        key, told = _key(place), {part.value: text for part, text in words.items()}
        changing = update(letter_texts).where(letter_texts.c.place == key).values(words=told)
        if (await self._connection.execute(changing)).rowcount:
            return
        await self._connection.execute(
            insert(letter_texts).values(
                place=key,
                kind=place.kind,
                language=place.language,
                channel=place.channel,
                offering_id=place.offering_id,
                words=told,
            )
        )

    async def remove(self, place: TextPlace) -> None:
        await self._connection.execute(delete(letter_texts).where(letter_texts.c.place == _key(place)))


def _key(place: TextPlace) -> str:
    return f"{place.kind} {place.language} {place.channel} {place.offering_id or 'all'}"


def _is_for(place: TextPlace) -> ColumnElement[bool]:
    for_all = letter_texts.c.offering_id.is_(None)
    return (
        for_all if place.offering_id is None else for_all | (letter_texts.c.offering_id == place.offering_id)
    )


def _words(told: dict[str, str] | None) -> Words | None:
    return None if told is None else {Part(part): text for part, text in told.items()}
