"""What a database error means: both databases, one answer."""

from sqlalchemy.exc import DBAPIError

# PostgreSQL, appendix A: serialization_failure, deadlock_detected, lock_not_available.
_GAVE_WAY = frozenset({"40001", "40P01", "55P03"})
_OVERLAPS = ("no_overlap", "pk_cells", "cells.adviser_id, cells.cell")


def is_overlap(error: DBAPIError) -> bool:
    """Tell whether a constraint refused two appointments at one time."""
    said = str(error.orig)
    return any(name in said for name in _OVERLAPS)


def gave_way(error: DBAPIError) -> bool:
    """Tell whether the database rolled back because of others, so that the same may work again."""
    if getattr(error.orig, "sqlstate", None) in _GAVE_WAY:
        return True
    return "database is locked" in str(error.orig)


def was_cut(error: DBAPIError) -> bool:
    """Tell whether the connection was lost; unless that was at the commit, nothing has been kept."""
    return error.connection_invalidated
