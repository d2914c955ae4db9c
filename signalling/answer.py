"""Answer what a browser says: who may say it, and what comes of it."""

from datetime import datetime
from itertools import chain
from uuid import UUID

from signalling.admission import admit, refuse, send_back, tell
from signalling.arrival import Arrival
from signalling.assurance import Level
from signalling.binding import unbind
from signalling.calling import call_off, consent, has_connected
from signalling.conferring import confer, say
from signalling.errors import NotAdmitted, NotForRole, TooManyMessages
from signalling.happening import Happened, Happening
from signalling.meeting import Meeting, happened
from signalling.message import Envelope, Ice, Muted, MuteTold, Pong
from signalling.participant import Role
from signalling.relay import describe, tell_candidate
from signalling.request import (
    Admit,
    AskIce,
    AskProof,
    CallOff,
    Candidate,
    Confer,
    Consent,
    Decline,
    Describe,
    End,
    Leave,
    Media,
    MediaState,
    Mute,
    Ping,
    Ready,
    Refuse,
    Request,
    Say,
    SendBack,
    ShareScreen,
    State,
    Tell,
    Turn,
    Unbind,
)
from signalling.seat import Seat
from signalling.second_camera import Camera
from signalling.sharing import share_screen
from signalling.showing import check_request, end_camera
from signalling.stating import state
from signalling.step import Step
from signalling.step_up import ask_proof, decline

MOST_REPORTS = 100
"""So many times may one visit say how its devices and media fare: each one may become a fact."""

MOST_ARRIVALS = 1_000
"""And so many times how it comes in, which writes no fact."""


def answer(meeting: Meeting, sender: UUID, request: Request, *, now: datetime) -> Step:
    """Raises a MeetingRefusal; the meeting is then as it was before."""
    seat = meeting.seat_of(sender)
    check_request(seat, request)
    match request:
        case Ping():
            return Step((Envelope(sender, Pong()),))
        case Leave():
            return meeting.leave(seat, now=now)
        case Ready():
            return _ready(meeting, seat, now=now)
        case Arrival():
            return _arrival(meeting, seat, request, now=now)
        case Decline():
            return decline(meeting, seat)
        case Media():
            return _media(meeting, seat, request, now=now)
    if not seat.is_admitted:
        raise NotAdmitted
    return _at_the_table(meeting, seat, request, now=now)


def lay(
    meeting: Meeting,
    sender: UUID,
    document: UUID | None,
    name: str,
    pages: int,
    lock: Level = Level.NONE,
    *,
    now: datetime,
) -> Step:
    """Put a document before everybody, or take it away; the caller has asked whether the sender may.

    Raises NotAdmitted, and NotForRole for a guest.
    """
    seat = meeting.seat_of(sender)
    if not seat.is_admitted:
        raise NotAdmitted
    if seat.who.role.is_guest:
        raise NotForRole
    laid = meeting.table.lay(sender, document, name, pages, lock)
    detail = {"document": str(document)} | ({"lock": lock.value} if lock is not Level.NONE else {})
    shown = (happened(seat, Happening.DOCUMENT_SHOWN, at=now, detail=detail),)
    told = (meeting.tell((each,), laid.told_to(each.who)) for each in meeting.admitted())
    return Step(tuple(chain.from_iterable(told)), shown if document else (), is_changed=True)


def _at_the_table(meeting: Meeting, seat: Seat, request: Request, *, now: datetime) -> Step:
    match request:
        case Describe():
            return describe(meeting, seat, request, now=now)
        case Candidate():
            return tell_candidate(meeting, seat, request)
        case Mute():
            return _mute(meeting, seat, request)
        case Turn():
            return _turn(meeting, seat, request)
        case Say():
            return say(meeting, seat, request, now=now)
        case Confer():
            return confer(meeting, seat, request)
        case AskIce():
            servers = meeting.ice.servers(seat.who.id, now=now)
            return Step((Envelope(seat.who.id, Ice(servers)),))
        case Camera():
            return end_camera(meeting, seat)
        case Consent():
            return consent(meeting, seat, request, now=now)
        case Unbind():
            return unbind(meeting, seat, request, now=now)
        case ShareScreen():
            _count_report(seat)
            return share_screen(meeting, seat, request, now=now)
        case State() if seat.who.is_staff:
            _count_report(seat)
            return state(meeting, seat, request.statement, now=now)
    return _by_adviser(meeting, seat, request, now=now)


def _by_adviser(meeting: Meeting, seat: Seat, request: Request, *, now: datetime) -> Step:
    if not seat.who.is_adviser:
        raise NotForRole
    match request:
        case Admit():
            return admit(meeting, seat, request, now=now)
        case Refuse():
            return refuse(meeting, seat, request, now=now)
        case Tell():
            return tell(meeting, seat, request, now=now)
        case SendBack():
            return send_back(meeting, seat, request, now=now)
        case AskProof():
            return ask_proof(meeting, seat, request)
        case CallOff():
            return call_off(meeting, seat, request, now=now)
        case End():
            return meeting.end(seat, now=now)
    raise NotForRole


def _turn(meeting: Meeting, seat: Seat, said: Turn) -> Step:
    if seat.who.role.is_guest:
        raise NotForRole
    turned, shown = meeting.table.turn(seat.who, said.document, said.page), meeting.table.shown
    see_it = [each for each in meeting.admitted() if shown is not None and shown.is_open_to(each.who)]
    return Step(meeting.tell(see_it, turned), is_changed=True)


def _ready(meeting: Meeting, seat: Seat, *, now: datetime) -> Step:
    """Note that the device check has passed or was skipped, once."""
    if seat.is_ready or seat.is_admitted:
        return Step()
    _count_report(seat)
    seat.ready_at, seat.failure = now, None
    ready = () if seat.who.role.is_guest else (happened(seat, Happening.READY, at=now),)
    return Step(meeting.knocks(seat), ready, is_changed=True)


def _arrival(meeting: Meeting, seat: Seat, said: Arrival, *, now: datetime) -> Step:
    """Show the advisers how somebody comes in, note each failure once; at the table it is only kept."""
    if seat.who.role is not Role.CUSTOMER:
        raise NotForRole
    if seat.arrival == said:
        return Step()
    if seat.arrivals >= MOST_ARRIVALS:
        raise TooManyMessages("arrival")
    seat.arrivals += 1
    seat.arrival = said
    if seat.is_admitted:
        return Step()
    return Step(meeting.knocks(seat), _hindered(seat, said, now=now), is_changed=True)


def _hindered(seat: Seat, said: Arrival, *, now: datetime) -> tuple[Happened, ...]:
    if said.failure is None or said.failure in seat.hindered:
        return ()
    seat.hindered.add(said.failure)
    return (happened(seat, Happening.HINDERED, at=now, detail={"failure": said.failure.value}),)


def _media(meeting: Meeting, seat: Seat, said: Media, *, now: datetime) -> Step:
    """Note how media fare, when that has changed; who waits has devices only, and these can only fail."""
    has_failed = said.state is MediaState.FAILED
    if not seat.is_admitted and not has_failed:
        raise NotAdmitted
    if (seat.media, seat.failure) == (said.state, said.failure):
        return Step()
    _count_report(seat)
    meeting.reports(seat, said.state)
    seat.failure = said.failure
    if seat.who.role.is_guest:  # who makes nobody present, and whose failure is nobody's
        return Step() if has_failed else has_connected(meeting, seat, now=now)
    seat.ready_at = None if has_failed else seat.ready_at
    what = Happening.MEDIA_FAILED if has_failed else Happening.MEDIA_CONNECTED
    detail = {"failure": said.failure.value} if said.failure else {}
    knocks = () if seat.is_admitted else meeting.knocks(seat)
    return Step(knocks, (happened(seat, what, at=now, detail=detail),), is_changed=True)


def _mute(meeting: Meeting, seat: Seat, said: Mute) -> Step:
    """Pass it on; it is not kept over a restart, since whoever comes back says it again."""
    seat.muted = Muted(said.audio, said.video)
    return Step(meeting.tell(meeting.others(seat), MuteTold(seat.who.id, said.audio, said.video)))


def _count_report(seat: Seat) -> None:
    if seat.reports >= MOST_REPORTS:
        raise TooManyMessages("media")
    seat.reports += 1
