"""A customer's wish to come earlier, kept beside their appointment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Who has waited longest since `since` is asked first.

    Times before `not_before` are of no use to them, and with `same_adviser` another adviser's neither.
    """

    appointment_id: UUID
    since: datetime
    not_before: datetime | None = None
    same_adviser: bool = False
