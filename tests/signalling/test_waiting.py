"""The waiting room: how somebody comes in, what they are told there, their place, and coming back to it."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from signalling.answer import MOST_ARRIVALS
from signalling.arrival import Arrival, ArrivalStep, Browser, Device, DeviceKind, Microphone, System
from signalling.errors import NotForRole, ParticipantUnknown, TooManyMessages
from signalling.failure import Failure
from signalling.happening import Happening
from signalling.meeting import LINGER, LINGER_WAITING
from signalling.memory import remembered, written
from signalling.message import Away, Gone, GoneReason, Knock, RefusedReason, Waiting, wire
from signalling.participant import Participant, Role
from signalling.request import (
    Admit,
    Leave,
    Media,
    MediaState,
    Refuse,
    Say,
    SendBack,
    Tell,
    read,
)
from signalling.sentence import Said, Sentence
from tests.signalling.people import (
    AINO,
    AINOS_PHONE,
    ILMARI,
    NOW,
    TURN,
    Scene,
    at_the_table,
    happenings,
    kinds,
    told,
    waiting_room,
)

IPHONE = Device(DeviceKind.PHONE, System.IOS, Browser.SAFARI)
ASKING = Arrival(step=ArrivalStep.ASKING_MICROPHONE, device=IPHONE)
COMFORT = Tell(AINO.id, Sentence.IN_A_MOMENT, None, says_help=False)


def last_knock(scene: Scene) -> Knock:
    return scene.meeting.seats[AINO.id].knock()


def test_how_somebody_comes_in_is_shown_to_the_adviser_and_to_nobody_else() -> None:
    scene = waiting_room()
    scene.arrives(AINOS_PHONE)

    step = scene.says(AINO, ASKING)

    assert [envelope.to for envelope in step.envelopes] == [ILMARI.id]
    assert last_knock(scene).arrival == ASKING
    assert (step.happened, step.is_changed) == ((), True)


def test_the_same_arrival_again_says_nothing() -> None:
    scene = waiting_room()
    scene.says(AINO, ASKING)

    assert scene.says(AINO, ASKING).envelopes == ()


def test_what_keeps_somebody_from_coming_in_is_written_once_by_its_name() -> None:
    scene = waiting_room()
    silent = replace(ASKING, failure=Failure.MICROPHONE_SILENT)

    first = scene.says(AINO, silent)
    scene.says(AINO, ASKING)
    again = scene.says(AINO, silent)

    assert [(each.what, each.detail) for each in first.happened] == [
        (Happening.HINDERED, {"failure": "microphone_silent"})
    ]
    assert again.happened == ()


def test_an_adviser_does_not_arrive_in_the_waiting_room() -> None:
    with pytest.raises(NotForRole):
        waiting_room().says(ILMARI, ASKING)


def test_arrivals_of_one_page_have_a_limit() -> None:
    scene = waiting_room()
    scene.meeting.seats[AINO.id].arrivals = MOST_ARRIVALS

    with pytest.raises(TooManyMessages):
        scene.says(AINO, ASKING)


@pytest.mark.parametrize(
    ("field", "value"),
    [("step", "dancing"), ("microphone", "broken"), ("failure", "something"), ("device", {"kind": "phone"})],
)
def test_arrival_takes_words_of_the_closed_lists_alone(field: str, value: object) -> None:
    said = {
        "type": "arrival",
        "step": "ready",
        "microphone": "heard",
        "camera": "on",
        "device": {"kind": "phone", "system": "ios", "browser": "safari"},
        "failure": None,
    }
    assert isinstance(read(said), Arrival)

    with pytest.raises(Exception, match=field):
        read(said | {field: value})


def test_a_ready_sentence_reaches_the_one_who_waits_by_its_id_alone() -> None:
    scene = waiting_room()
    scene.arrives(AINOS_PHONE)

    step = scene.says(ILMARI, COMFORT)

    assert told(step, AINO) == [Waiting(1, Said(Sentence.IN_A_MOMENT, NOW))]
    assert json.loads(wire(told(step, AINO)[0])) == {
        "type": "waiting",
        "place": 1,
        "said": {"sentence": "in_a_moment", "at": "2026-11-23T10:30:00Z"},
        "help": None,
    }
    assert told(step, AINOS_PHONE) == []


def test_help_is_shown_until_it_is_taken_away_and_what_was_said_stays() -> None:
    scene = waiting_room()
    scene.says(ILMARI, COMFORT)

    shown = scene.says(ILMARI, Tell(AINO.id, None, Failure.DEVICES_DENIED, says_help=True))
    taken = scene.says(ILMARI, Tell(AINO.id, None, None, says_help=True))

    said = Said(Sentence.IN_A_MOMENT, NOW)
    assert told(shown, AINO) == [Waiting(1, said, Failure.DEVICES_DENIED)]
    assert told(taken, AINO) == [Waiting(1, said)]


@pytest.mark.parametrize("sentence", ["Hei Aino!", "in_a_moment ", ""])
def test_no_free_words_can_be_told_to_one_who_waits(sentence: str) -> None:
    with pytest.raises(Exception, match="sentence"):
        read({"type": "tell", "participant": str(AINO.id), "sentence": sentence})


def test_telling_nothing_is_refused() -> None:
    with pytest.raises(Exception, match="sentence"):
        read({"type": "tell", "participant": str(AINO.id)})


def test_nobody_at_the_table_is_told_a_sentence() -> None:
    with pytest.raises(ParticipantUnknown):
        at_the_table().says(ILMARI, COMFORT)


def test_a_customer_can_neither_tell_nor_send_back() -> None:
    scene = at_the_table()

    for request in (COMFORT, SendBack(AINO.id)):
        with pytest.raises(NotForRole):
            scene.says(AINO, request)


def test_who_is_sent_back_waits_in_their_old_place_and_hears_nothing_of_the_table() -> None:
    scene = at_the_table()
    scene.now += timedelta(minutes=1)
    scene.arrives(AINOS_PHONE)

    back = scene.says(ILMARI, SendBack(AINO.id))
    after = scene.says(ILMARI, Say("1", "for the table alone"))

    assert told(back, AINO) == [Waiting(1)]
    assert told(back, AINOS_PHONE) == [Waiting(2)]
    assert kinds(back, ILMARI) == ["gone", "knock"]
    assert told(back, ILMARI)[0] == Gone(AINO.id, GoneReason.SENT_BACK)
    assert (happenings(back), back.is_binding) == ([("sent_back", "adviser")], True)
    assert kinds(after, AINO) == []


def test_who_was_sent_back_can_be_let_in_again() -> None:
    scene = at_the_table()
    scene.says(ILMARI, SendBack(AINO.id))

    assert kinds(scene.says(ILMARI, Admit(AINO.id)), AINO) == ["admitted", "peer"]


def test_an_adviser_who_leaves_after_sending_back_ends_nothing_for_who_waits() -> None:
    scene = at_the_table()
    for each in (AINO, ILMARI):
        scene.says(each, Media(MediaState.CONNECTED, None))
    scene.says(ILMARI, SendBack(AINO.id))

    step = scene.says(ILMARI, Leave())

    assert told(step, AINO) == []
    assert not scene.meeting.is_over


def test_who_was_sent_away_for_now_comes_back_to_the_place_they_had() -> None:
    scene = waiting_room()
    scene.now += timedelta(minutes=1)
    scene.arrives(AINOS_PHONE)
    scene.says(ILMARI, Refuse(AINO.id, RefusedReason.NOT_NOW))
    scene.now += timedelta(minutes=1)

    step = scene.arrives(AINO)

    assert told(step, AINO) == [Waiting(1)]
    assert told(step, AINOS_PHONE) == [Waiting(2)]


def test_the_adviser_sees_that_a_line_is_lost_and_that_it_is_back() -> None:
    scene = waiting_room()

    lost = scene.drops(AINO)
    back = scene.arrives(AINO)

    assert [knock.away for knock in told(lost, ILMARI) if isinstance(knock, Knock)] == [NOW]
    assert [knock.away for knock in told(back, ILMARI) if isinstance(knock, Knock)] == [None]


def test_who_waits_may_be_without_network_longer_than_who_sits_at_the_table() -> None:
    scene = waiting_room()
    scene.says(AINO, ASKING)
    scene.says(ILMARI, COMFORT)
    scene.drops(AINO)

    scene.now = NOW + LINGER_WAITING - timedelta(seconds=1)
    assert scene.meeting.expire(now=scene.now).happened == ()
    back = scene.arrives(AINO)

    assert LINGER + timedelta(seconds=45) < LINGER_WAITING
    assert told(back, AINO) == [Waiting(1, Said(Sentence.IN_A_MOMENT, NOW))]
    assert last_knock(scene).since == NOW


def test_who_stays_away_for_two_minutes_gives_the_place_up() -> None:
    scene = waiting_room()
    scene.drops(AINO)

    step = scene.meeting.expire(now=NOW + LINGER_WAITING)

    assert told(step, ILMARI) == [Gone(AINO.id, GoneReason.LOST)]


def test_others_before_one_count_for_the_place_and_are_told_once() -> None:
    scene = waiting_room()

    assert told(scene.meeting.comes_up(3), AINO) == [Waiting(4)]
    assert scene.meeting.comes_up(3).envelopes == ()


def test_a_restart_keeps_place_arrival_and_what_was_said() -> None:
    scene = waiting_room()
    scene.now += timedelta(minutes=1)
    scene.arrives(AINOS_PHONE)
    scene.says(AINO, ASKING)
    scene.says(ILMARI, Tell(AINO.id, Sentence.FEW_MINUTES, Failure.DEVICES_IN_USE, says_help=True))
    before = scene.meeting.seats[AINO.id]

    state = json.loads(json.dumps(written(scene.meeting)))
    scene.meeting = remembered(TURN, state, now=scene.now)
    scene.arrives(AINOS_PHONE)
    step = scene.arrives(AINO)

    seat = scene.meeting.seats[AINO.id]
    assert told(step, AINO) == [Waiting(1, Said(Sentence.FEW_MINUTES, scene.now), Failure.DEVICES_IN_USE)]
    assert (seat.arrived_at, seat.ready_at, seat.arrival) == (
        before.arrived_at,
        before.ready_at,
        before.arrival,
    )
    assert seat.arrival is not None
    assert seat.arrival.microphone is Microphone.UNKNOWN


def test_a_restart_keeps_the_place_of_who_was_sent_away_for_now() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Refuse(AINO.id, RefusedReason.NOT_NOW))
    state = json.loads(json.dumps(written(scene.meeting)))
    scene.meeting = remembered(TURN, state, now=scene.now)
    scene.now += timedelta(minutes=1)
    scene.arrives(AINOS_PHONE)

    scene.arrives(AINO)

    assert [seat.who.id for seat in scene.meeting.waiting()] == [AINO.id, AINOS_PHONE.id]


def test_of_three_who_wait_one_is_let_in_and_the_others_see_nothing_of_it() -> None:
    scene = waiting_room()
    scene.now += timedelta(minutes=1)
    scene.arrives(AINOS_PHONE)
    scene.now += timedelta(minutes=1)
    third = Participant(UUID(int=12), Role.CUSTOMER, "Aino Kaleva")
    scene.arrives(third)

    step = scene.says(ILMARI, Admit(AINOS_PHONE.id))

    assert kinds(step, AINOS_PHONE) == ["admitted", "peer"]
    assert told(step, AINO) == [Waiting(1)]
    assert told(step, third) == [Waiting(2)]
    assert [seat.who.id for seat in scene.meeting.waiting()] == [AINO.id, third.id]


def test_the_other_at_the_table_hears_at_once_that_a_line_is_lost() -> None:
    scene = at_the_table()

    step = scene.drops(ILMARI)

    assert told(step, AINO) == [Away(ILMARI.id)]
    assert kinds(scene.arrives(ILMARI), AINO) == ["peer"]
