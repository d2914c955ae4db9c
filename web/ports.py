"""What the web room asks of the house: units of work over all ground rooms."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from booking.ports import BookingUnit
from identity.ports import IdentityUnit
from signalling.documents.ports import DocumentUnit
from signalling.ports import MeetingUnit


class Unit(BookingUnit, IdentityUnit, DocumentUnit, MeetingUnit, Protocol):
    """One connection, one transaction, every store."""


class Units(Protocol):
    def write(self) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction: committed on leaving, rolled back on any exception."""
        ...

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """Open a unit that can change nothing."""
        ...
