"""Carry descriptions and candidates from one browser to the other, within limits."""

from datetime import datetime

from signalling.binding import look_at
from signalling.candidate import is_private_host, without_private, without_related
from signalling.errors import ParticipantUnknown, TooManyMessages
from signalling.meeting import Meeting
from signalling.message import CandidateTold, DescriptionTold, Message
from signalling.request import Candidate, Describe
from signalling.seat import Seat
from signalling.step import Step, joined

MOST_DESCRIPTIONS = 200
MOST_CANDIDATES = 64


def describe(meeting: Meeting, seat: Seat, said: Describe, *, now: datetime) -> Step:
    """Look at the certificate that it names, and pass it on.

    Raises ParticipantUnknown, and TooManyMessages after 200 descriptions of one visit.
    """
    if seat.descriptions >= MOST_DESCRIPTIONS:
        raise TooManyMessages("description")
    seat.descriptions += 1
    seat.candidates = 0
    looked = look_at(meeting, seat, said, now=now)
    description = dict(said.description)
    if _hides(meeting, seat):
        description["sdp"] = without_private(description["sdp"])
    return joined((looked, _to(meeting, seat, said, DescriptionTold(seat.who.id, description))))


def tell_candidate(meeting: Meeting, seat: Seat, said: Candidate) -> Step:
    """Raises ParticipantUnknown, and TooManyMessages after 64 candidates since the last description."""
    if seat.candidates >= MOST_CANDIDATES:
        raise TooManyMessages("candidate")
    seat.candidates += 1
    candidate = dict(said.candidate)
    if _hides(meeting, seat):
        line = str(candidate["candidate"])
        if is_private_host(line):
            return Step()
        candidate["candidate"] = without_related(line)
    return _to(meeting, seat, said, CandidateTold(seat.who.id, candidate))


def _hides(meeting: Meeting, seat: Seat) -> bool:
    return meeting.ice.hides_private and seat.who.is_adviser


def _to(meeting: Meeting, seat: Seat, said: Describe | Candidate, message: Message) -> Step:
    """Deliver to one peer. For one who is away nothing is kept: both say it anew when they are back."""
    peer = meeting.seats.get(said.to)
    if peer is None or not peer.is_admitted or peer is seat:
        raise ParticipantUnknown
    return Step(meeting.tell((peer,), message))
