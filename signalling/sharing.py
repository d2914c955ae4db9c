"""One of the staff shows their screen: who does is told and kept; its picture does not pass the server."""

from datetime import datetime

from signalling.errors import NotForRole
from signalling.happening import Happening
from signalling.meeting import Meeting, happened
from signalling.message import ScreenTold
from signalling.request import ShareScreen
from signalling.seat import Seat
from signalling.step import Step, joined


def share_screen(meeting: Meeting, seat: Seat, said: ShareScreen, *, now: datetime) -> Step:
    """Begin or end it; one screen is shown at a time, and a younger one takes its place.

    Raises NotForRole.
    """
    if not seat.who.is_staff:
        raise NotForRole
    if not said.on:
        return meeting.screen_ends(seat, at=now)
    if meeting.screen == seat.who.id:
        return Step()
    before = [meeting.screen_ends(each, at=now) for each in meeting.others(seat)]
    meeting.screen = seat.who.id
    seers = [each for each in meeting.admitted() if meeting.sees_screen(each)]
    shared = happened(seat, Happening.SCREEN_SHARED, at=now)
    return joined(
        (*before, Step(meeting.tell(seers, ScreenTold(seat.who.id, True)), (shared,), is_changed=True))
    )
