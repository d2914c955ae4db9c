"""Somebody is invited to the table: the customer is asked first, and a guest is told no more than needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec import structs

from signalling.answer import lay
from signalling.assurance import Level
from signalling.calling import call_in
from signalling.errors import MeetingOver, NotForRole, ParticipantUnknown, TableFull
from signalling.guest import Guest, GuestState
from signalling.memory import calls_open, invited, remembered, seats_waiting, written
from signalling.message import Admitted, DocumentLaid, GuestTold, Knock, PageTurned
from signalling.participant import Participant, Role
from signalling.request import (
    Admit,
    CallOff,
    Consent,
    End,
    Leave,
    Media,
    MediaState,
    Ready,
    Say,
    SendBack,
    Turn,
)
from signalling.step import Step
from tests.signalling.people import AINO, ILMARI, NOW, TURN, Scene, at_the_table, happenings, kinds, told

MAIJA = Participant(UUID(int=30), Role.INTERPRETER, "Maija Mäkelä")
INVITED = Guest(
    id=MAIJA.id,
    role=MAIJA.role,
    name=MAIJA.name,
    reason="She speaks Sámi",
    takes_over=False,
    asked_by=ILMARI.id,
    asked_at=NOW,
)
ASKED = GuestTold(MAIJA.id, MAIJA.role, MAIJA.name, "She speaks Sámi", False, GuestState.ASKED)
OFFER = UUID(int=40)
YES, NO = Consent(MAIJA.id, True), Consent(MAIJA.id, False)


def invites(scene: Scene, guest: Guest = INVITED) -> Step:
    return call_in(scene.meeting, scene.meeting.seat_of(ILMARI.id), guest, now=scene.now)


def looks(scene: Scene, document: UUID, page: int) -> bool:
    return scene.meeting.looks_at(MAIJA.id, document, page)


def asked() -> Scene:
    scene = at_the_table()
    invites(scene)
    return scene


def with_maija() -> Scene:
    scene = asked()
    scene.says(AINO, YES)
    scene.arrives(MAIJA)
    scene.says(ILMARI, Admit(MAIJA.id))
    return scene


def test_the_customer_is_told_who_and_why_and_says_yes() -> None:
    scene = at_the_table()

    assert told(invites(scene), AINO) == [ASKED]
    step = scene.says(AINO, YES)

    assert told(step, ILMARI) == [structs.replace(ASKED, state=GuestState.AGREED)]
    assert happenings(step) == [("consented", "customer")]


def test_nobody_else_says_yes_in_the_customers_place() -> None:
    with pytest.raises(NotForRole):
        asked().says(ILMARI, YES)


def test_who_comes_before_the_customer_has_said_yes_waits_unseen() -> None:
    scene = asked()

    came = scene.arrives(MAIJA)

    assert (kinds(came, MAIJA), kinds(came, ILMARI)) == (["waiting"], [])
    with pytest.raises(ParticipantUnknown):
        scene.says(ILMARI, Admit(MAIJA.id))
    knocks = told(scene.says(AINO, YES), ILMARI)[-1]
    assert isinstance(knocks, Knock)
    assert knocks.participant == MAIJA


def test_who_is_not_invited_or_no_more_finds_the_meeting_over() -> None:
    scene = asked()
    scene.says(ILMARI, CallOff(MAIJA.id))

    with pytest.raises(MeetingOver):
        scene.arrives(MAIJA)


def test_a_guest_is_introduced_to_both_and_reads_only_what_is_written_since() -> None:
    scene = at_the_table()
    scene.says(AINO, Say("1", "between the two of us"))
    scene.now = NOW + timedelta(minutes=1)
    invites(scene, replace(INVITED, asked_at=scene.now))
    scene.says(AINO, Say("2", "welcome"))
    scene.says(AINO, YES)
    scene.arrives(MAIJA)

    step = scene.says(ILMARI, Admit(MAIJA.id))

    seated = told(step, MAIJA)[0]
    assert isinstance(seated, Admitted)
    assert (seated.role, [text.text for text in seated.texts]) == (Role.INTERPRETER, ["welcome"])
    assert (kinds(step, AINO), kinds(step, ILMARI)) == (["peer"], ["peer"])
    assert happenings(step) == [("joined", "interpreter")]


def test_a_guest_makes_nobody_present_and_leaves_without_a_trace_in_the_media() -> None:
    scene = with_maija()

    assert scene.says(MAIJA, Ready(True, True)).happened == ()
    for state in (MediaState.CONNECTED, MediaState.FAILED):
        assert scene.says(MAIJA, Media(state, None)).happened == ()
    assert not scene.meeting.has_met
    assert happenings(scene.says(MAIJA, Leave())) == [("guest_left", "interpreter")]


@pytest.mark.parametrize("request_", [End(), Turn(ILMARI.id, 1), CallOff(ILMARI.id), SendBack(AINO.id), YES])
def test_a_guest_does_nothing_that_is_the_advisers_or_the_customers(
    request_: End | Turn | CallOff | SendBack | Consent,
) -> None:
    with pytest.raises(NotForRole):
        with_maija().says(MAIJA, request_)


def test_a_guest_looks_on_at_the_page_that_lies_there_now_and_at_no_other() -> None:
    scene = with_maija()

    step = lay(scene.meeting, ILMARI.id, OFFER, "offer.pdf", 3, now=NOW)
    turned = scene.says(AINO, Turn(OFFER, 2))

    assert told(step, MAIJA) == [DocumentLaid(ILMARI.id, OFFER, "offer.pdf", 3, 1)]
    assert told(turned, MAIJA) == [PageTurned(AINO.id, OFFER, 2)]
    sees = [(one, page) for one in (OFFER, UUID(int=41)) for page in (1, 2, 3) if looks(scene, one, page)]
    assert sees == [(OFFER, 2)]


def test_a_locked_document_stays_shut_to_a_guest_though_the_customer_is_identified() -> None:
    scene = with_maija()

    step = lay(scene.meeting, ILMARI.id, OFFER, "offer.pdf", 3, Level.LOW, now=NOW)

    assert told(step, AINO) == [DocumentLaid(ILMARI.id, OFFER, "offer.pdf", 3, 1, Level.LOW)]
    assert told(step, MAIJA) == [DocumentLaid(ILMARI.id, OFFER, lock=Level.LOW)]
    assert not looks(scene, OFFER, 1)
    assert kinds(scene.says(ILMARI, Turn(OFFER, 2)), MAIJA) == []


@pytest.mark.parametrize("goes", [Leave(), NO])
def test_whoever_has_left_or_was_sent_away_or_lost_their_line_looks_on_no_more(goes: Leave | Consent) -> None:
    scene = with_maija()
    lay(scene.meeting, ILMARI.id, OFFER, "offer.pdf", 3, now=NOW)
    assert looks(scene, OFFER, 1)

    scene.drops(MAIJA)
    assert not looks(scene, OFFER, 1)
    scene.arrives(MAIJA)
    assert looks(scene, OFFER, 1)

    scene.says(MAIJA if goes == Leave() else AINO, goes)
    assert not looks(scene, OFFER, 1)


def test_who_waits_looks_at_nothing() -> None:
    scene = asked()
    scene.says(AINO, YES)
    lay(scene.meeting, ILMARI.id, OFFER, "offer.pdf", 3, now=NOW)

    scene.arrives(MAIJA)

    assert not looks(scene, OFFER, 1)


@pytest.mark.parametrize(("who", "request_"), [(AINO, NO), (ILMARI, CallOff(MAIJA.id))])
def test_either_sends_away_who_has_come(who: Participant, request_: Consent | CallOff) -> None:
    scene = with_maija()

    step = scene.says(who, request_)

    assert kinds(step, MAIJA) == ["refused"]
    assert kinds(step, AINO)[0] == "gone"
    assert MAIJA.id not in scene.meeting.seats
    with pytest.raises(MeetingOver):
        scene.arrives(MAIJA)


def test_four_are_the_most_at_the_table() -> None:
    scene = asked()
    invites(scene, replace(INVITED, id=UUID(int=31)))

    with pytest.raises(TableFull):
        invites(scene, replace(INVITED, id=UUID(int=32)))


def test_nothing_of_an_invitation_is_lost_over_a_restart_and_no_customers_place_is_taken() -> None:
    scene = asked()
    scene.says(AINO, YES)
    scene.arrives(MAIJA)
    state = written(scene.meeting)

    assert (invited(state), calls_open(state), seats_waiting(state)) == ([MAIJA.id], [], [])
    back = Scene(remembered(TURN, state, now=NOW))
    back.arrives(MAIJA)
    assert kinds(back.arrives(ILMARI), ILMARI)[:1] == ["admitted"]
    assert kinds(back.says(ILMARI, Admit(MAIJA.id)), MAIJA)[0] == "admitted"
