"""Whether what was proven of somebody still holds for the media that they offer."""

from dataclasses import replace
from datetime import datetime

from signalling.errors import NotForRole, ParticipantUnknown
from signalling.fingerprint import fingerprints
from signalling.happening import Happening
from signalling.meeting import Meeting, happened, told_proof
from signalling.participant import Lost, Role
from signalling.request import Describe, Unbind
from signalling.seat import Seat
from signalling.step import Step


def look_at(meeting: Meeting, seat: Seat, said: Describe, *, now: datetime) -> Step:
    """Compare what a description promises with the certificate that the proof is for.

    Every fingerprint of it must be that one: the browser at the other end takes
    media that fit any of them.
    """
    if said.sdp is None:
        return Step()
    seat.fingerprints[said.to] = fingerprints(said.sdp)
    return judged(meeting, seat, now=now)


def judged(meeting: Meeting, seat: Seat, *, now: datetime) -> Step:
    """Lose the proof of a seat of whose last descriptions, to whomever, one names another certificate."""
    proof = seat.who.proof
    if proof.fingerprint is None or all(each == {proof.fingerprint} for each in seat.fingerprints.values()):
        return Step()
    return _lose(meeting, seat, Lost.DESCRIPTION, seen_by="server", now=now)


def unbind(meeting: Meeting, adviser: Seat, said: Unbind, *, now: datetime) -> Step:
    """Take an adviser's browser, or a colleague's, at its word that media came from another certificate.

    Raises NotForRole and ParticipantUnknown.
    """
    if not adviser.who.is_staff:
        raise NotForRole
    seat = meeting.seats.get(said.participant)
    if seat is None or seat.who.role is not Role.CUSTOMER:
        raise ParticipantUnknown
    return _lose(meeting, seat, said.reason, seen_by="adviser", now=now)


def _lose(meeting: Meeting, seat: Seat, reason: Lost, *, seen_by: str, now: datetime) -> Step:
    """Once for a proof; it stays lost for as long as the page and the proof are the same."""
    proof = seat.who.proof
    if proof.lost is not None or proof.fingerprint is None:
        return Step()
    seat.who = replace(seat.who, proof=replace(proof, lost=reason))
    told = meeting.tell(meeting.admitted(Role.ADVISER), told_proof(seat))
    detail = {"reason": reason.value, "seen_by": seen_by}
    lost = happened(seat, Happening.IDENTIFICATION_LOST, at=now, detail=detail)
    return Step((*told, *meeting.table_of(seat)), (lost,), is_changed=True)
