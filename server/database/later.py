"""A moment and a length of time, added up by the database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Interval, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from server.database.columns import Utc


class later(ColumnElement[Any]):  # noqa: N801 (it is used like a function)
    """`later(column, length)`."""

    inherit_cache = False
    type = Utc()

    def __init__(self, moment: ColumnElement[Any], length: timedelta) -> None:
        self.moment = moment
        self.length = length


@compiles(later, "sqlite")
def _on_sqlite(element: later, compiler: SQLCompiler, **kw: Any) -> str:
    moment = compiler.process(element.moment, **kw)
    seconds = int(element.length.total_seconds())
    return f"(strftime('%Y-%m-%d %H:%M:%f', {moment}, '+{seconds} seconds') || '000')"


@compiles(later, "postgresql")
def _on_postgresql(element: later, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.moment + literal(element.length, Interval), **kw)
