"""Statements that are made into text once: on SQLite they go straight to the driver.

SQLAlchemy takes many times as long from a statement to its rows as SQLite does to find them.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Insert, Select, literal_column
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from server.database.near_sqlite import near

LATELY = 512
"""So many rows of a statement are kept as they were read: many come again, as hours and offerings do."""

Values: TypeAlias = Mapping[str, Any]
_Process: TypeAlias = Callable[[Any], Any] | None


class Prepared:
    """A SELECT or an INSERT that is sent often, with the same names each time."""

    def __init__(self, statement: Select[Any] | Insert) -> None:
        self._statement = statement
        self._texts: dict[tuple[str, ...], _Text] = {}

    async def rows(self, connection: AsyncConnection, values: Values) -> Sequence[Any]:
        """Return the rows, with an attribute for each column."""
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement, values)).all()
        text = self._text(connection.dialect, values)
        return text.read(near(connection).ask(text.words, text.written(values)))

    async def add(self, connection: AsyncConnection, *rows: Values) -> None:
        """Insert rows, all with the same names."""
        if connection.dialect.name == "sqlite":
            await self.count(connection, *rows)
        else:
            await connection.execute(self._statement, list(rows) if len(rows) > 1 else rows[0])

    async def count(self, connection: AsyncConnection, *rows: Values) -> int:
        """Insert rows; return how many were written, where a conflict may keep some out."""
        if connection.dialect.name != "sqlite":
            assert isinstance(self._statement, Insert)
            return len((await connection.execute(self._statement.returning(_ONE), list(rows))).all())
        text = self._text(connection.dialect, rows[0])
        return near(connection).change(text.words, [text.written(values) for values in rows])

    def _text(self, dialect: Dialect, values: Values) -> "_Text":
        names = tuple(values)
        found = self._texts.get(names)
        if found is None:
            found = self._texts[names] = _Text(self._statement, dialect, names)
        return found


class _Text:
    """A statement in SQLite's words; how its values are written, and how its rows are read."""

    def __init__(self, statement: Select[Any] | Insert, dialect: Dialect, names: Sequence[str]) -> None:
        made = statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(made, SQLCompiler)
        assert made.positiontup is not None
        self.words = made.string
        self._constants = {name: value for name, value in made.params.items() if name not in names}
        self._written = [
            (name, _kind(made.binds[name].type, dialect).bind_processor(dialect)) for name in made.positiontup
        ]
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        keys = [column.key or "_" for column in columns]
        self._row: Any = namedtuple("Row", keys, rename=True)  # type: ignore[misc]
        self._read: list[_Process] = [
            _kind(column.type, dialect).result_processor(dialect, None) for column in columns
        ]
        self._named = lru_cache(LATELY)(self._named_anew)

    def written(self, values: Values) -> list[Any]:
        """Return the values in the order of the text, as the driver takes them."""
        every = {**self._constants, **values}
        return [process(every[name]) if process else every[name] for name, process in self._written]

    def read(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        """Return rows with an attribute for each column; what was read lately is not read again."""
        return [self._named(row) for row in rows]

    def _named_anew(self, row: tuple[Any, ...]) -> Any:
        return self._row._make(
            process(value) if process else value for process, value in zip(self._read, row, strict=True)
        )


_ONE: Any = literal_column("1")


def _kind(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
