"""One of the staff says who is in the room with them: to customers at the table, and to nobody who waits."""

from datetime import datetime

from signalling.happening import Happening
from signalling.meeting import Meeting, happened
from signalling.message import StatedTold
from signalling.participant import Role
from signalling.seat import Seat
from signalling.statement import Stated, Statement
from signalling.step import Step


def state(meeting: Meeting, adviser: Seat, statement: Statement | None, *, now: datetime) -> Step:
    """Keep what they say last, with its moment; who says nothing has not said it, whatever was before."""
    if statement is None:
        adviser.stated = None
        return Step(is_changed=True)
    adviser.stated = Stated(statement, now)
    told = StatedTold(adviser.who.id, statement, now)
    said = happened(adviser, Happening.STATED, at=now, detail={"statement": statement.value})
    return Step(meeting.tell(meeting.admitted(Role.CUSTOMER), told), (said,), is_changed=True)
