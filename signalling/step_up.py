"""Ask a customer in the meeting who they are, and hear how it goes."""

from datetime import datetime

from signalling.binding import judged
from signalling.errors import NotForRole, ParticipantUnknown
from signalling.meeting import Meeting, told_proof
from signalling.message import Envelope, ProofAsked, Proving, ProvingState
from signalling.participant import Participant, Role
from signalling.request import AskProof
from signalling.seat import Seat
from signalling.step import Step, joined


def ask_proof(meeting: Meeting, adviser: Seat, said: AskProof) -> Step:
    """Ask one who sits at the table. Raises NotForRole and ParticipantUnknown."""
    if not adviser.who.is_adviser:
        raise NotForRole
    seat = meeting.seats.get(said.participant)
    if seat is None or seat.who.role is not Role.CUSTOMER or not seat.is_admitted:
        raise ParticipantUnknown
    seat.asked = said.assurance
    asked = meeting.tell((seat,), ProofAsked(seat.asked))
    return Step((*asked, *_tell(meeting, seat, ProvingState.ASKED)), is_changed=True)


def decline(meeting: Meeting, seat: Seat) -> Step:
    """Say no to an adviser who asks; who was not asked, says nothing by it."""
    if seat.asked is None:
        return Step()
    seat.asked = None
    return Step(_tell(meeting, seat, ProvingState.DECLINED), is_changed=True)


def tell_proving(meeting: Meeting, seat: Seat, state: ProvingState, reason: str | None) -> Step:
    """Tell what the house has seen of an identification on the side, also the one who is at it."""
    own = (Envelope(seat.who.id, Proving(seat.who.id, state, reason)),) if seat.is_present else ()
    return Step((*own, *_tell(meeting, seat, state, reason)))


def prove(meeting: Meeting, seat: Seat, who: Participant, *, now: datetime) -> Step:
    """Take what a fresh ticket proves of the one on a seat, and look whether it holds for their media.

    The caller has redeemed the ticket, and it names the same participant.
    """
    seat.proves(who)
    if seat.asked is not None and who.proof.level.reaches(seat.asked):
        seat.asked = None
    proof = meeting.tell(meeting.admitted(Role.ADVISER), told_proof(seat))
    asked = meeting.tell((seat,), ProofAsked(seat.asked))
    knocks = () if seat.is_admitted else meeting.knocks(seat)
    envelopes = (*proof, *asked, *meeting.table_of(seat), *knocks)
    return joined((Step(envelopes, is_changed=True), judged(meeting, seat, now=now)))


def _tell(
    meeting: Meeting, seat: Seat, state: ProvingState, reason: str | None = None
) -> tuple[Envelope, ...]:
    return meeting.tell(meeting.admitted(Role.ADVISER), Proving(seat.who.id, state, reason))
