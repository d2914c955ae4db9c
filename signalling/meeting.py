"""One meeting: who waits, who sits at the table, and what they are told. It decides, and does no I/O."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from signalling.assurance import Level
from signalling.errors import MeetingOver, TableFull
from signalling.guest import MOST_GUESTS, Guest, GuestState
from signalling.happening import Detail, Happened, Happening
from signalling.ice import IcePolicy
from signalling.message import (
    Admitted,
    Away,
    Bye,
    ByeReason,
    CallAsked,
    ConferTold,
    Envelope,
    Gone,
    GoneReason,
    GuestTold,
    Muted,
    ProofAsked,
    ProofTold,
    RoleTold,
    ScreenTold,
    TextSaid,
)
from signalling.participant import Participant, Role
from signalling.request import MediaState
from signalling.seat import Seat
from signalling.seating import Seating
from signalling.second_camera import CameraState
from signalling.step import Step, joined
from signalling.table import Table

LINGER = timedelta(seconds=60)
"""So long may a browser be away and find its seat at the table again."""

LINGER_WAITING = timedelta(seconds=120)
"""So long in the waiting room, where nobody sits opposite and nothing is held up."""


class Meeting(Seating):
    """The seats and the table of one appointment; its verbs return what is to be sent and written down."""

    def __init__(self, ice: IcePolicy) -> None:
        super().__init__()
        self.ice = ice
        self.table = Table()
        self.is_over = False
        self.has_met = False
        self.ahead = 0
        self.call: CallAsked | None = None
        self.turned_away: dict[UUID, datetime] = {}
        self.guests: dict[UUID, Guest] = {}
        self.confers = False
        self.screen: UUID | None = None

    def arrive(self, who: Participant, visit: str, *, now: datetime, seen: int = 0) -> Step:
        """Let an adviser in at once; leave a customer in the waiting room to knock.

        Whoever was here already, takes the same seat again. A colleague comes in beside an adviser when
        they were called. Raises MeetingOver, and TableFull when another adviser sits at the table.
        """
        if self.is_over:
            raise MeetingOver
        seat = self.seats.get(who.id)
        if seat is not None:
            ended = self.screen_ends(seat, at=now) if visit != seat.visit else Step()
            seat.comes_back(who, visit)
            return joined((ended, Step(self._place_of(seat, seen=seen, now=now), is_changed=True)))
        who = self._as_called(who)
        came = self.turned_away.pop(who.id, now)
        comes_in = who.is_staff or who.role is Role.CAMERA
        seat = self.seats[who.id] = Seat(who=who, visit=visit, arrived_at=came, is_admitted=comes_in)
        return Step(self._place_of(seat, seen=seen, now=now), _came(seat, now=now), is_changed=True)

    def _as_called(self, who: Participant) -> Participant:
        """Give a member of the staff the role of whom was called, while an adviser sits at the table.

        For who is invited no more the meeting is over. Raises MeetingOver and TableFull.
        """
        if who.role is Role.CAMERA:
            return self.as_camera(who)
        if who.role.is_invited and who.id not in self.guests:
            raise MeetingOver
        if not who.is_adviser or not self.admitted(Role.ADVISER):
            return who
        guest = self.guests.get(who.id)
        if guest is None or sum(seat.who.role.is_guest for seat in self.admitted()) >= MOST_GUESTS:
            raise TableFull
        self.guests[who.id] = replace(guest, has_come=True)
        return replace(who, role=guest.role)

    def drop(self, participant_id: UUID, *, now: datetime) -> Step:
        """Note that a browser has gone without a word; its seat is kept for a while."""
        seat = self.seats.get(participant_id)
        if seat is None or not seat.is_present:
            return Step()
        seat.away_since = now
        if seat.is_admitted:
            return Step(self.tell(self.connected_to(seat), Away(seat.who.id)))
        return Step(self.knocks(seat), is_changed=True)

    def expire(self, *, now: datetime) -> Step:
        """Clear the seats of those who did not come back; they left when they were last here."""
        away = [
            (seat, seat.away_since)
            for seat in self.seats.values()
            if seat.away_since and now - seat.away_since >= (LINGER if seat.is_admitted else LINGER_WAITING)
        ]
        lost = joined(
            self.vacate(seat, GoneReason.LOST, at=since)
            for seat, since in away
            if seat.who.id in self.seats  # a camera goes with its owner
        )
        unheard = [each for each in self.called() if each.is_unanswered(now)]
        calls = (self.call_over(each, GuestState.UNANSWERED) for each in unheard)
        camera = self.camera_over() if self.camera and self.camera.is_too_late(now) else Step()
        return joined((lost, *calls, camera))

    def leave(self, seat: Seat, *, now: datetime) -> Step:
        """Give a seat back. When both have met, and the last one leaves, the meeting is over.

        Who was sent back to the waiting room is still there.
        """
        vacated = self.vacate(seat, GoneReason.LEFT, at=now)
        step = joined((Step((Envelope(seat.who.id, Bye(ByeReason.LEFT)),)), vacated))
        if seat.is_admitted and self.has_met and not self.seats:
            return joined((step, self.end(seat, now=now)))
        return step

    def show_out(self, seat: Seat, *, now: datetime) -> Step:
        """Take the seat of somebody who may be here no more; the others shut the media to them at once."""
        vacated = self.vacate(seat, GoneReason.LEFT, at=now)
        return joined((Step((Envelope(seat.who.id, Bye(ByeReason.SIGNED_OUT)),)), vacated))

    def end(self, seat: Seat, *, now: datetime) -> Step:
        """Send everybody off, and forget what was said.

        While nobody was let in there is nothing to end: who then ends only leaves, and the customer who
        comes later still finds a door.
        """
        if not self.has_met and not self.admitted(Role.CUSTOMER):
            return self.leave(seat, now=now)
        screen = [self.screen_ends(each, at=now) for each in self.staff()]
        envelopes = self.tell(self.seats.values(), Bye(ByeReason.ENDED))
        self.seats, self.table, self.guests, self.camera, self.is_over = {}, Table(), {}, None, True
        ended = (happened(seat, Happening.ENDED, at=now),)
        return joined((*screen, Step(envelopes, ended, is_changed=True, is_binding=True)))

    def vacate(self, seat: Seat, reason: GoneReason, *, at: datetime) -> Step:
        """Clear a seat, tell those who knew of it, and let the others move up."""
        del self.seats[seat.who.id]
        screen = self.screen_ends(seat, at=at)
        for other in self.seats.values():
            other.fingerprints.pop(seat.who.id, None)
        told = self.connected_to(seat) if seat.is_admitted else self.admitted(Role.ADVISER)
        gone = self.tell(told, Gone(seat.who.id, reason))
        if seat.who.role is Role.CAMERA:
            return Step((*gone, *self.tell_owner(CameraState.RESTS)), is_changed=True)
        places = () if seat.is_admitted else self.places()
        what = Happening.GUEST_LEFT if seat.who.role.is_guest else Happening.LEFT
        left = happened(seat, what, at=at, detail={"reason": reason.value})
        is_told = seat.is_admitted or not seat.who.role.is_guest
        step = Step((*gone, *places, *self._alone_again()), (left,) if is_told else (), is_changed=True)
        step = joined((screen, step))
        if self.camera and self.camera.owner == seat.who.id:
            step = joined((step, self.camera_over()))
        colleagues = self.admitted(Role.COLLEAGUE) if seat.who.is_adviser else []
        return joined((step, self.hand_over(seat, colleagues[0], now=at))) if colleagues else step

    def camera_over(self) -> Step:
        """End the second camera and its link, if there is one; its owner and those who saw it are told."""
        camera = self.camera
        if camera is None:
            return Step()
        told, self.camera = self.tell_owner(CameraState.OVER), None
        seat = self.seats.get(camera.id)
        gone = self.vacate(seat, GoneReason.LEFT, at=seat.arrived_at) if seat else Step()
        bye = (Envelope(camera.id, Bye(ByeReason.ENDED)),) if seat else ()
        return joined((Step((*bye, *told), is_changed=True), gone))

    def _alone_again(self) -> tuple[Envelope, ...]:
        """Nobody confers alone: who is left is heard by everybody."""
        if not self.confers or len(self.staff()) > 1:
            return ()
        self.confers = False
        return (*self.tell(self.admitted(), ConferTold(False)), *self.screen_after_word())

    def screen_ends(self, seat: Seat, *, at: datetime) -> Step:
        """Take away the screen that this one shows, if they do."""
        if self.screen != seat.who.id:
            return Step()
        seers = [each for each in self.admitted() if self.sees_screen(each)]
        self.screen = None
        ended = happened(seat, Happening.SCREEN_ENDED, at=at)
        return Step(self.tell(seers, ScreenTold(seat.who.id, False)), (ended,), is_changed=True)

    def sees_screen(self, seat: Seat) -> bool:
        """Who confers shows a screen to nobody else."""
        return self.screen is not None and (not self.confers or seat.who.is_staff)

    def screen_after_word(self) -> tuple[Envelope, ...]:
        """Take the screen from those who are left out of a private word, or give it back after it."""
        if self.screen is None:
            return ()
        left_out = [each for each in self.admitted() if not each.who.is_staff]
        return self.tell(left_out, ScreenTold(self.screen, not self.confers))

    def hand_over(self, adviser: Seat, colleague: Seat, *, now: datetime) -> Step:
        """Give the adviser's seat to a colleague at the table; who had it may stay, or come back, as one.

        In the history there is one adviser at a time: who had the seat leaves it, and the other takes it.
        """
        giver, taker = adviser.who, colleague.who
        called = self.guests.pop(taker.id)
        self.guests[giver.id] = replace(
            called, id=giver.id, name=giver.name, takes_over=False, asked_by=taker.id
        )
        left = happened(adviser, Happening.LEFT, at=now, detail={"reason": Happening.HANDED_OVER.value})
        was_there = (left,) if giver.id in self.seats else ()
        detail = {"from": str(giver.id), "to": str(taker.id)}
        over = happened(adviser, Happening.HANDED_OVER, at=now, detail=detail)
        adviser.who, adviser.stated = replace(giver, role=Role.COLLEAGUE), None
        colleague.who = replace(taker, role=Role.ADVISER)
        flows = colleague.media is MediaState.CONNECTED
        media = (happened(colleague, Happening.MEDIA_CONNECTED, at=now),) if flows else ()
        told = (
            RoleTold(seat.who.id, seat.who.role) for seat in (adviser, colleague) if seat.who.id in self.seats
        )
        roles = [envelope for each in told for envelope in self.tell(self.admitted(), each)]
        happenings = (*was_there, over, *_came(colleague, now=now), *media)
        return Step((*roles, *self._leads(colleague)), happenings, is_changed=True, is_binding=True)

    def _leads(self, adviser: Seat) -> tuple[Envelope, ...]:
        """Tell whoever has the adviser's seat from now on what advisers alone are told."""
        customers = self.admitted(Role.CUSTOMER)
        proofs = [told for one in customers for told in self.tell((adviser,), told_proof(one))]
        knocks = [told for one in self.knocking() for told in self.tell((adviser,), one.knock())]
        return (*proofs, *knocks, *(self.tell((adviser,), self.call) if self.call else ()))

    def called(self) -> list[Guest]:
        """Return those who were called, and have not come."""
        return [guest for guest in self.guests.values() if not guest.has_come]

    def call_over(self, guest: Guest, state: GuestState) -> Step:
        """Forget a call, and tell those who heard of it."""
        del self.guests[guest.id]
        told = self.tell(self.admitted(), told_guest(guest, state))
        return Step(told, is_changed=True, is_binding=True)

    def waiting(self) -> list[Seat]:
        """Return the customers in the waiting room, in the order in which they came."""
        return [seat for seat in self.knocking() if seat.who.role is Role.CUSTOMER]

    def knocking(self) -> list[Seat]:
        """Return those who may be let in: customers, and guests to whom the customer has said yes."""
        seats = (seat for seat in self.seats.values() if not seat.is_admitted and self.may_knock(seat))
        return sorted(seats, key=lambda seat: seat.arrived_at)

    def may_knock(self, seat: Seat) -> bool:
        guest = self.guests.get(seat.who.id)
        return not seat.who.role.is_guest or (guest is not None and guest.has_consent)

    def places(self) -> tuple[Envelope, ...]:
        """Tell everybody who waits how many are before them, here and at other appointments, and no more."""
        return tuple(
            Envelope(seat.who.id, seat.waits(place))
            for place, seat in enumerate(self.waiting(), start=self.ahead + 1)
            if seat.is_present
        )

    def wants_call(self, asked: CallAsked) -> Step:
        """Tell the advisers that the customer asks for a call, or no more; who comes later hears it too."""
        self.call = asked if asked.at else None
        return Step(self.tell(self.admitted(Role.ADVISER), asked))

    def comes_up(self, ahead: int) -> Step:
        """Hear how many wait at other appointments before those here, and tell it when that has changed."""
        if ahead == self.ahead:
            return Step()
        self.ahead = ahead
        return Step(self.places())

    def knocks(self, seat: Seat) -> tuple[Envelope, ...]:
        if not self.may_knock(seat):
            return ()
        return self.tell(self.admitted(Role.ADVISER), seat.knock())

    def welcome(self, seat: Seat, *, now: datetime, seen: int = 0) -> tuple[Envelope, ...]:
        """Tell an admitted one all there is, and introduce them and the others to each other."""
        if seat.who.role is Role.CAMERA:
            return (*self._welcome_camera(seat), *self._introductions(seat, now=now))
        shown = self.table.shown.told_to(seat.who) if self.table.shown else None
        texts = self._texts_for(seat, seen)
        screen = self.screen if self.sees_screen(seat) else None
        admitted = Admitted(
            seat.who.id, seat.who.role, self.ice.is_relay_only, texts, shown, seat.muted, seat.stated, screen
        )
        asked = (Envelope(seat.who.id, ProofAsked(seat.asked)),) if seat.asked else ()
        guests = [told for each in self.called() for told in self.tell((seat,), told_guest(each, each.state))]
        confers = self.tell((seat,), ConferTold(True)) if self.confers else ()
        camera = self.tell_owner(self.camera_state()) if seat.who.role is Role.CUSTOMER else ()
        introductions = self._introductions(seat, now=now)
        return (Envelope(seat.who.id, admitted), *confers, *introductions, *asked, *guests, *camera)

    def _welcome_camera(self, seat: Seat) -> tuple[Envelope, ...]:
        """Tell a phone that it may show, and nothing of what is said and shown; its owner hears of it."""
        admitted = Admitted(seat.who.id, seat.who.role, self.ice.is_relay_only, (), None, Muted())
        return (Envelope(seat.who.id, admitted), *self.tell_owner(CameraState.SHOWN))

    def _introductions(self, seat: Seat, *, now: datetime) -> tuple[Envelope, ...]:
        return tuple(
            envelope
            for other in self.connected_to(seat)
            if other.is_present
            for envelope in (
                self._introduction(other, to=seat, now=now),
                self._introduction(seat, to=other, now=now),
            )
        )

    def _texts_for(self, seat: Seat, seen: int) -> tuple[TextSaid, ...]:
        """A guest who is invited reads what was written since, and nothing of before."""
        texts = self.table.after(seen)
        if seat.who.is_staff:
            return texts
        texts = tuple(text for text in texts if not text.aside)
        if not seat.who.role.is_invited:
            return texts
        return tuple(text for text in texts if text.at >= self.guests[seat.who.id].asked_at)

    def _introduction(self, seat: Seat, *, to: Seat, now: datetime) -> Envelope:
        """Bring credentials along: whoever has waited for half an hour needs them from now on."""
        return Envelope(to.who.id, seat.as_peer_of(to.who, self.ice.servers(to.who.id, now=now)))

    def table_of(self, seat: Seat) -> tuple[Envelope, ...]:
        """Tell one at the table anew what lies there, since what they may see of it has changed."""
        shown = self.table.shown
        if shown is None or shown.lock is Level.NONE or not seat.is_admitted:
            return ()
        return self.tell((seat,), shown.told_to(seat.who))

    def looks_at(self, participant_id: UUID, document: UUID, page: int) -> bool:
        """Tell whether somebody sits at the table, with a line, before whom this page lies open now."""
        seat, shown = self.seats.get(participant_id), self.table.shown
        if seat is None or shown is None or not (seat.is_admitted and seat.is_present):
            return False
        return (shown.document, shown.page) == (document, page) and shown.is_open_to(seat.who)

    def reports(self, seat: Seat, state: MediaState) -> None:
        """Keep what a side says of its media; once both say that it flows, they have met."""
        seat.media = state
        flows = {s.who.role for s in self.admitted() if s.media is MediaState.CONNECTED}
        self.has_met = self.has_met or flows >= {Role.CUSTOMER, Role.ADVISER}

    def _place_of(self, seat: Seat, *, seen: int, now: datetime) -> tuple[Envelope, ...]:
        if not seat.is_admitted:
            own = (Envelope(seat.who.id, seat.waits(1)),) if seat.who.role.is_guest else self.places()
            return (*own, *self.knocks(seat))
        knocks = [Envelope(seat.who.id, waiting.knock()) for waiting in self.knocking()]
        call = [Envelope(seat.who.id, self.call)] if self.call else []
        return (*self.welcome(seat, now=now, seen=seen), *((*knocks, *call) if seat.who.is_adviser else ()))


def _came(seat: Seat, *, now: datetime) -> tuple[Happened, ...]:
    if seat.who.role is Role.CAMERA:
        return ()
    if seat.who.is_adviser:
        return (happened(seat, Happening.ADVISER_READY, at=now),)
    return (
        (happened(seat, Happening.JOINED, at=now, detail={"role": seat.who.role.value}),)
        if seat.is_admitted
        else ()
    )


def told_guest(guest: Guest, state: GuestState) -> GuestTold:
    return GuestTold(guest.id, guest.role, guest.name, guest.reason, guest.takes_over, state)


def told_proof(seat: Seat) -> ProofTold:
    return ProofTold(seat.who.id, seat.who.name, seat.who.proof)


def happened(seat: Seat, what: Happening, *, at: datetime, detail: Detail | None = None) -> Happened:
    """Say that the one on a seat did something."""
    return Happened(what=what, by=seat.who.role, at=at, detail=detail or {})
