"""A private word: those of the staff at the table speak among themselves, and the others are told so."""

from datetime import datetime

from signalling.errors import NotForRole, ParticipantUnknown
from signalling.meeting import Meeting
from signalling.message import ConferTold
from signalling.request import Confer, Say
from signalling.seat import Seat
from signalling.step import Step


def confer(meeting: Meeting, seat: Seat, said: Confer) -> Step:
    """Begin or end it. Raises NotForRole, and ParticipantUnknown where nobody is there to confer with.

    Each of their browsers cuts by itself what it sends to the others.
    """
    if not seat.who.is_staff:
        raise NotForRole
    if said.on and len(meeting.staff()) < 2:
        raise ParticipantUnknown
    if meeting.confers == said.on:
        return Step()
    meeting.confers = said.on
    told = meeting.tell(meeting.admitted(), ConferTold(said.on))
    return Step((*told, *meeting.screen_after_word()), is_changed=True)


def say(meeting: Meeting, seat: Seat, said: Say, *, now: datetime) -> Step:
    """Tell a text to all at the table; what is written while they confer, to those who do, then and later."""
    aside = meeting.confers and seat.who.is_staff
    text = meeting.table.say(seat.who, said, now=now, aside=aside)
    readers = meeting.staff() if text.aside else meeting.admitted()
    return Step(meeting.tell(readers, text), is_changed=True)
