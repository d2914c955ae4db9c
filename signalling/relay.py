"""Carry descriptions and candidates from one browser to the other, within limits."""

from datetime import datetime

from signalling.binding import look_at
from signalling.candidate import IceCandidate
from signalling.errors import ParticipantUnknown, TooManyMessages
from signalling.meeting import Meeting
from signalling.message import CandidateTold, DescriptionTold, Message
from signalling.places import require_places
from signalling.request import Candidate, Describe
from signalling.sdp import Sdp, write_sdp
from signalling.seat import Seat
from signalling.showing import check_media
from signalling.step import Step, joined

MOST_DESCRIPTIONS = 200
MOST_CANDIDATES = 64


def describe(meeting: Meeting, seat: Seat, said: Describe, *, now: datetime) -> Step:
    """Look at the certificate that it names, and pass it on, written anew.

    Raises ParticipantUnknown, BadMessage for media that have no place there, nor with a camera, and
    TooManyMessages after 200 descriptions of one visit.
    """
    if seat.descriptions >= MOST_DESCRIPTIONS:
        raise TooManyMessages("description")
    peer = _peer(meeting, seat, said)
    if said.sdp is not None:
        check_media(seat, peer, said.sdp)
        require_places(said.sdp, seat, peer)
    seat.descriptions += 1
    seat.candidates = 0
    looked = look_at(meeting, seat, said, now=now)
    sdp = "" if said.sdp is None else write_sdp(_passed(meeting, seat, peer, said.sdp))
    return joined(
        (looked, _to(meeting, peer, DescriptionTold(seat.who.id, {"type": said.type.value, "sdp": sdp})))
    )


def tell_candidate(meeting: Meeting, seat: Seat, said: Candidate) -> Step:
    """Raises ParticipantUnknown, and TooManyMessages after 64 candidates since the last description."""
    if seat.candidates >= MOST_CANDIDATES:
        raise TooManyMessages("candidate")
    peer = _peer(meeting, seat, said)
    seat.candidates += 1
    if said.candidate is None:
        return _to(meeting, peer, CandidateTold(seat.who.id, {"candidate": "", **said.place}))
    passed = _told(meeting, seat, peer, said.candidate)
    if passed is None:
        return Step()
    return _to(meeting, peer, CandidateTold(seat.who.id, {"candidate": passed.line(), **said.place}))


def _passed(meeting: Meeting, seat: Seat, peer: Seat, sdp: Sdp) -> Sdp:
    """Return the description with those candidates that the other side may know."""
    told = ((_told(meeting, seat, peer, each) for each in section.candidates) for section in sdp.sections)
    return sdp.with_candidates([tuple(each for each in section if each is not None) for section in told])


def _told(meeting: Meeting, seat: Seat, peer: Seat, candidate: IceCandidate) -> IceCandidate | None:
    """Return what the other side may know of a candidate; None: nothing.

    Where all media go by the relay, no other way is told, whatever a client offers. Two of the staff may
    well find each other in their inner network alone, and tell each other their addresses in it.
    """
    ice = meeting.ice
    if not candidate.is_peer(is_local=ice.is_local) or (ice.is_relay_only and candidate.kind != "relay"):
        return None
    if not (ice.hides_private and seat.who.is_staff and not peer.who.is_staff):
        return candidate
    return None if candidate.is_private_host else candidate.without_related()


def _peer(meeting: Meeting, seat: Seat, said: Describe | Candidate) -> Seat:
    peer = meeting.seats.get(said.to)
    if peer is None or not peer.is_admitted or peer is seat or not seat.who.role.meets(peer.who.role):
        raise ParticipantUnknown
    return peer


def _to(meeting: Meeting, peer: Seat, message: Message) -> Step:
    """Deliver to one peer. For one who is away nothing is kept: both say it anew when they are back."""
    return Step(meeting.tell((peer,), message))
