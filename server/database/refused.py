"""What a database error means: both databases, one answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from booking.errors import CommitUnknown, Contended

# PostgreSQL, appendix A: serialization_failure, deadlock_detected, lock_not_available.
_GAVE_WAY = frozenset({"40001", "40P01", "55P03"})
# Its classes: connection exception, insufficient resources, operator intervention.
_AWAY_CLASSES = ("08", "53", "57P")
_AWAY_ON_SQLITE = ("database or disk is full", "disk I/O error", "unable to open database file")
_OVERLAPS = ("no_overlap", "pk_cells", "cells.adviser_id, cells.cell")


class DatabaseAway(Contended):
    """The database cannot be reached, or has no room left; asking again later may help."""


def is_overlap(error: exc.DBAPIError) -> bool:
    """Tell whether a constraint refused two appointments at one time."""
    said = str(error.orig)
    return any(name in said for name in _OVERLAPS)


@contextmanager
def while_opening() -> Iterator[None]:
    """Raise Contended when others hold all connections or the lock, DatabaseAway for all else."""
    try:
        yield
    except exc.TimeoutError as error:
        raise Contended from error
    except exc.DBAPIError as error:
        raise (Contended if _gave_way(error) else DatabaseAway) from error
    except OSError as error:
        raise DatabaseAway from error


@contextmanager
def while_working() -> Iterator[None]:
    """Raise Contended when all was rolled back because of others, or the connection was lost."""
    try:
        yield
    except exc.DBAPIError as error:
        if _gave_way(error) or _is_cut(error):
            raise Contended from error
        if _is_away(error):
            raise DatabaseAway from error
        raise


@contextmanager
def while_committing() -> Iterator[None]:
    """Do the same for what is sure to have been rolled back, and raise CommitUnknown for a lost answer."""
    try:
        yield
    except exc.DBAPIError as error:
        if _gave_way(error):
            raise Contended from error
        if _is_cut(error):
            raise CommitUnknown from error
        if _is_away(error):
            raise DatabaseAway from error
        raise


def _gave_way(error: exc.DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _GAVE_WAY or "database is locked" in str(error.orig)


def _is_cut(error: exc.DBAPIError) -> bool:
    """Tell whether the connection was lost; SQLAlchemy overlooks one cut while it waits for an answer."""
    return error.connection_invalidated or "connection was closed" in str(error.orig)


def _is_away(error: exc.DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(_AWAY_CLASSES) or any(said in str(error.orig) for said in _AWAY_ON_SQLITE)
