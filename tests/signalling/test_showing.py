"""The customer's phone as a second camera: it shows one picture, and is nobody at the table."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from signalling.answer import lay
from signalling.calling import call_in
from signalling.errors import BadMessage, MeetingOver, NotAdmitted, NotForRole, ParticipantUnknown
from signalling.guest import Guest
from signalling.meeting import LINGER
from signalling.memory import invited, remembered, written
from signalling.message import Admitted, Bye, ByeReason, Gone, GoneReason, Peer, Person
from signalling.participant import Participant, Role
from signalling.request import (
    Admit,
    AskIce,
    Confer,
    Describe,
    DescriptionType,
    End,
    Leave,
    Media,
    MediaState,
    Mute,
    Ready,
    Request,
    Say,
    SendBack,
    Turn,
)
from signalling.sdp import read_sdp
from signalling.second_camera import Camera, CameraState, CameraTold, SecondCamera
from signalling.showing import ask_camera
from signalling.step import Step
from tests.signalling.people import AINO, ILMARI, NOW, TURN, Scene, at_the_table, kinds, told, waiting_room

PHONE = Participant(UUID(int=40), Role.CAMERA, "")
MAIJA = Participant(UUID(int=30), Role.INTERPRETER, "Maija Mäkelä")
AINIKKI = Participant(UUID(int=22), Role.ADVISER, "Ainikki Saari")
ASKED = SecondCamera(id=PHONE.id, owner=AINO.id, made_at=NOW)
SHOWN, RESTS, OVER = (CameraTold(state) for state in (CameraState.SHOWN, CameraState.RESTS, CameraState.OVER))
BROWSERS = Path(__file__).parent / "browsers"
VIDEO, AUDIO = "m=video 9 UDP/TLS/RTP/SAVPF 96", "m=audio 9 UDP/TLS/RTP/SAVPF 111"


def asks(scene: Scene, camera: SecondCamera = ASKED, who: Participant = AINO) -> Step:
    return ask_camera(scene.meeting, scene.meeting.seat_of(who.id), camera)


def shows() -> Scene:
    """Bring Aino's phone to a table where Ilmari sits."""
    scene = at_the_table()
    asks(scene)
    scene.arrives(PHONE)
    return scene


def description(to: Participant, *sections: tuple[str, str]) -> Describe:
    """Return an offer of sections, each with which way its media go."""
    lines = ["v=0", "o=- 1 2 IN IP4 0.0.0.0", "s=-", "t=0 0"]
    for place, (media, way) in enumerate(sections):
        lines += [media, "c=IN IP4 0.0.0.0", f"a=mid:{place}", *([f"a={way}"] if way else [])]
    return Describe(to.id, DescriptionType.OFFER, read_sdp("\r\n".join(lines) + "\r\n"))


def test_the_phone_is_introduced_to_the_adviser_by_its_owners_name_and_proves_nothing() -> None:
    scene = at_the_table()
    asks(scene)

    step = scene.arrives(PHONE)

    peer = told(step, ILMARI)[0]
    assert isinstance(peer, Peer)
    assert (peer.participant, peer.polite) == (Person(PHONE.id, Role.CAMERA, "Aino Kaleva"), True)
    assert told(step, AINO) == [SHOWN]
    assert step.happened == ()


def test_the_phone_is_told_no_name_and_nothing_of_what_was_said_and_shown() -> None:
    scene = at_the_table()
    scene.says(ILMARI, Say("1", "between the two of us"))
    lay(scene.meeting, ILMARI.id, UUID(int=99), "offer.pdf", 3, now=NOW)
    asks(scene)

    step = scene.arrives(PHONE)

    seated, peer = told(step, PHONE)
    assert isinstance(seated, Admitted)
    assert (seated.role, seated.texts, seated.table) == (Role.CAMERA, (), None)
    assert isinstance(peer, Peer)
    assert (peer.participant, peer.polite) == (Person(ILMARI.id, Role.ADVISER, ""), False)
    assert kinds(scene.says(ILMARI, Say("2", "and this")), PHONE) == []
    assert kinds(scene.says(ILMARI, Mute(True, True)), PHONE) == []
    assert kinds(lay(scene.meeting, ILMARI.id, UUID(int=98), "terms.pdf", 3, now=NOW), PHONE) == []
    assert kinds(scene.says(ILMARI, Turn(UUID(int=98), 2)), PHONE) == []


def test_the_phone_takes_nobodys_place_at_the_table() -> None:
    scene = shows()
    for place, role in enumerate((Role.INTERPRETER, Role.SUPPORT)):
        guest = Guest(
            id=UUID(int=30 + place),
            role=role,
            name="Maija Mäkelä",
            reason="",
            takes_over=False,
            asked_by=ILMARI.id,
            asked_at=NOW,
        )
        call_in(scene.meeting, scene.meeting.seat_of(ILMARI.id), guest, now=NOW)

    assert len(scene.meeting.guests) == 2
    assert [seat.who.id for seat in scene.meeting.admitted()] == [ILMARI.id, AINO.id]


@pytest.mark.parametrize(
    "request_",
    [
        Say("1", "hello"),
        Mute(False, False),
        Media(MediaState.CONNECTED, None),
        Ready(True, True),
        Turn(ILMARI.id, 1),
        Confer(True),
        Admit(AINO.id),
        Camera(False),
        End(),
    ],
)
def test_the_phone_says_nothing_but_what_its_picture_needs(request_: Request) -> None:
    scene = shows()

    assert kinds(scene.says(PHONE, AskIce()), PHONE) == ["ice"]
    with pytest.raises(NotForRole):
        scene.says(PHONE, request_)
    with pytest.raises(NotForRole):
        lay(scene.meeting, PHONE.id, None, "", 0, now=NOW)


def test_one_picture_goes_out_of_the_phone() -> None:
    step = shows().says(PHONE, description(ILMARI, (VIDEO, "sendonly")))

    assert kinds(step, ILMARI) == ["description"]


def test_a_picture_that_rests_and_one_that_is_taken_pass() -> None:
    scene = shows()

    assert kinds(scene.says(PHONE, description(ILMARI, (VIDEO, "inactive"))), ILMARI) == ["description"]
    assert kinds(scene.says(ILMARI, description(PHONE, (VIDEO, "recvonly"))), PHONE) == ["description"]


@pytest.mark.parametrize(
    "sections",
    [
        [],
        [(VIDEO, "sendrecv")],
        [(VIDEO, "recvonly")],
        [(VIDEO, "")],
        [(AUDIO, "sendonly")],
        [(VIDEO, "sendonly"), (AUDIO, "sendonly")],
        [(VIDEO, "sendonly"), (AUDIO, "inactive")],
        [(VIDEO, "sendonly"), (VIDEO, "sendonly")],
        [("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "sendonly")],
    ],
)
def test_nothing_else_goes_out_of_it(sections: list[tuple[str, str]]) -> None:
    scene = shows()

    with pytest.raises(BadMessage):
        scene.says(PHONE, description(ILMARI, *sections))

    assert scene.meeting.seat_of(PHONE.id).descriptions == 0


@pytest.mark.parametrize("way", ["sendrecv", "sendonly", ""])
def test_nothing_goes_into_it(way: str) -> None:
    with pytest.raises(BadMessage):
        shows().says(ILMARI, description(PHONE, (VIDEO, way)))


def test_what_browsers_offer_in_a_meeting_is_refused_as_a_cameras() -> None:
    offered = read_sdp((BROWSERS / "chromium-offer.sdp").read_text())

    with pytest.raises(BadMessage):
        shows().says(PHONE, Describe(ILMARI.id, DescriptionType.OFFER, offered))


def test_the_phone_and_its_owner_do_not_connect() -> None:
    scene = shows()

    for one, other in ((PHONE, AINO), (AINO, PHONE)):
        with pytest.raises(ParticipantUnknown):
            scene.says(one, description(other, (VIDEO, "sendonly")))


def test_the_customer_alone_asks_for_it_and_ends_it() -> None:
    scene = shows()

    with pytest.raises(NotForRole):
        asks(scene, who=ILMARI)
    with pytest.raises(NotForRole):
        scene.says(ILMARI, Camera(False))
    with pytest.raises(NotAdmitted):
        asks(waiting_room())


def test_the_customer_ends_it_for_good() -> None:
    scene = shows()

    step = scene.says(AINO, Camera(False))

    assert told(step, PHONE) == [Bye(ByeReason.ENDED)]
    assert told(step, ILMARI) == [Gone(PHONE.id, GoneReason.LEFT)]
    assert told(step, AINO) == [OVER]
    with pytest.raises(MeetingOver):
        scene.arrives(PHONE)


def test_a_phone_that_stops_may_show_again() -> None:
    scene = shows()

    step = scene.says(PHONE, Leave())

    assert told(step, AINO) == [RESTS]
    assert kinds(step, ILMARI) == ["gone"]
    assert step.happened == ()
    assert told(scene.arrives(PHONE, "another page"), AINO) == [SHOWN]


def test_a_new_link_ends_the_phone_of_the_one_before() -> None:
    scene = shows()

    step = asks(scene, SecondCamera(id=UUID(int=41), owner=AINO.id, made_at=NOW))

    assert told(step, PHONE) == [Bye(ByeReason.ENDED)]
    assert invited(written(scene.meeting)) == [UUID(int=41)]


@pytest.mark.parametrize(("who", "request_"), [(AINO, Leave()), (ILMARI, SendBack(AINO.id)), (ILMARI, End())])
def test_it_ends_with_its_owners_place_at_the_table(who: Participant, request_: Request) -> None:
    scene = shows()

    step = scene.says(who, request_)

    assert Bye(ByeReason.ENDED) in told(step, PHONE)
    assert PHONE.id not in scene.meeting.seats
    assert invited(written(scene.meeting)) == []


def test_an_owner_who_does_not_come_back_takes_it_along() -> None:
    scene = shows()
    scene.drops(AINO)
    scene.drops(PHONE)

    scene.meeting.expire(now=NOW + LINGER)

    assert [*scene.meeting.seats] == [ILMARI.id]
    assert scene.meeting.camera is None


def test_a_link_that_no_phone_has_opened_ends_after_ten_minutes() -> None:
    scene = at_the_table()
    asks(scene)

    assert scene.meeting.expire(now=NOW + timedelta(minutes=9)).envelopes == ()
    step = scene.meeting.expire(now=NOW + timedelta(minutes=10))

    assert told(step, AINO) == [OVER]
    with pytest.raises(MeetingOver):
        scene.arrives(PHONE)


def test_one_that_was_opened_lasts() -> None:
    scene = shows()

    assert scene.meeting.expire(now=NOW + timedelta(minutes=30)).envelopes == ()


def test_a_phone_that_nobody_asked_for_is_not_let_in() -> None:
    with pytest.raises(MeetingOver):
        at_the_table().arrives(PHONE)


def test_while_they_confer_the_phone_shows_on() -> None:
    scene = shows()
    colleague = Guest(
        id=AINIKKI.id,
        role=Role.COLLEAGUE,
        name=AINIKKI.name,
        reason="",
        takes_over=False,
        asked_by=ILMARI.id,
        asked_at=NOW,
    )
    call_in(scene.meeting, scene.meeting.seat_of(ILMARI.id), colleague, now=NOW)
    came = scene.arrives(AINIKKI)

    assert "peer" in kinds(came, PHONE)
    assert kinds(scene.says(ILMARI, Confer(True)), PHONE) == []


def test_a_restart_keeps_it_and_tells_everybody_anew() -> None:
    state = written(shows().meeting)

    scene = Scene(remembered(TURN, state, now=NOW))
    assert kinds(scene.arrives(PHONE), PHONE) == ["admitted"]
    assert told(scene.arrives(AINO), AINO)[-1] == SHOWN
    peers = [each for each in told(scene.arrives(ILMARI), ILMARI) if isinstance(each, Peer)]
    assert {each.participant.role for each in peers} == {Role.CAMERA, Role.CUSTOMER}


def test_nobody_lets_a_phone_in_or_sends_it_away_as_a_customer() -> None:
    scene = shows()

    for request_ in (Admit(PHONE.id), SendBack(PHONE.id)):
        with pytest.raises(ParticipantUnknown):
            scene.says(ILMARI, request_)
