"""Who waits, who sits at the table, and who is told what."""

from datetime import timedelta

import pytest

from signalling.errors import MeetingOver, NotAdmitted, TableFull
from signalling.meeting import LINGER
from signalling.message import Admitted, Bye, ByeReason, Gone, GoneReason, Knock, Muted, Peer, Person, Waiting
from signalling.participant import Role
from signalling.request import Admit, End, Leave, Media, MediaState, Mute, Ready, Say
from tests.signalling.people import (
    AINO,
    AINOS_PHONE,
    ILMARI,
    LOUHI,
    NOW,
    TURN,
    Scene,
    at_the_table,
    happenings,
    kinds,
    told,
    waiting_room,
)


def ainos_peer(scene: Scene) -> Peer:
    servers = TURN.servers(ILMARI.id, now=scene.now)
    return Peer(AINO, "page of Aino Kaleva", polite=False, muted=Muted(), ice_servers=servers)


def test_waiting_customer_is_told_her_place_and_nothing_else() -> None:
    scene = Scene()
    scene.arrives(ILMARI)

    step = scene.arrives(AINO)

    assert told(step, AINO) == [Waiting(1)]


def test_waiting_customer_hears_nothing_of_what_goes_on_at_the_table() -> None:
    scene = at_the_table()
    scene.arrives(AINOS_PHONE)

    steps = [scene.says(ILMARI, Say("1", "hello")), scene.says(AINO, Mute(audio=True, video=False))]

    assert [told(step, AINOS_PHONE) for step in steps] == [[], []]
    assert told(steps[0], AINO) != []  # there was something to be heard


def test_adviser_comes_in_at_once_and_sees_who_knocks_how_surely_and_since_when() -> None:
    scene = Scene()
    scene.arrives(AINO)

    step = scene.arrives(ILMARI)

    assert kinds(step, ILMARI) == ["admitted", "knock"]
    assert told(step, ILMARI)[1] == Knock(AINO, NOW, ready=False, failure=None)
    assert happenings(step) == [("adviser_ready", "adviser")]


def test_ready_customer_knocks_again_and_becomes_a_fact_once() -> None:
    scene = Scene()
    scene.arrives(ILMARI)
    scene.arrives(AINO)

    first = scene.says(AINO, Ready(audio=True, video=True))
    second = scene.says(AINO, Ready(audio=True, video=True))

    assert told(first, ILMARI) == [Knock(AINO, NOW, ready=True, failure=None)]
    assert (happenings(first), happenings(second)) == ([("ready", "customer")], [])


def test_customer_learns_the_advisers_name_and_the_adviser_the_customers_proof() -> None:
    scene = waiting_room()

    step = scene.says(ILMARI, Admit(AINO.id))

    adviser = Person(ILMARI.id, Role.ADVISER, ILMARI.name)
    servers = TURN.servers(AINO.id, now=NOW)
    peer = Peer(adviser, "page of Ilmari Seppä", polite=True, muted=Muted(), ice_servers=servers)
    assert told(step, AINO)[1] == peer
    assert told(step, ILMARI) == [ainos_peer(scene)]


def test_seat_is_kept_over_a_lost_line_without_a_new_admission() -> None:
    scene = at_the_table()
    scene.drops(AINO)
    scene.now += LINGER - timedelta(seconds=1)
    expired = scene.meeting.expire(now=scene.now)

    step = scene.arrives(AINO)

    assert expired.envelopes == ()
    assert kinds(step, AINO) == ["admitted", "peer"]
    assert told(step, ILMARI) == [ainos_peer(scene)]


def test_who_has_waited_long_is_given_credentials_that_are_young() -> None:
    scene = Scene()
    scene.arrives(ILMARI)
    scene.now += timedelta(minutes=30)
    scene.arrives(AINO)

    step = scene.says(ILMARI, Admit(AINO.id))

    assert told(step, ILMARI) == [ainos_peer(scene)]


def test_texts_that_were_missed_come_with_the_return() -> None:
    scene = at_the_table()
    scene.says(ILMARI, Say("1", "before"))
    scene.drops(AINO)
    scene.says(ILMARI, Say("2", "after"))

    admitted = told(scene.arrives(AINO, seen=1), AINO)[0]

    assert isinstance(admitted, Admitted)
    assert [text.text for text in admitted.texts] == ["after"]


def test_customer_who_stays_away_has_left_when_she_was_last_here() -> None:
    scene = at_the_table()
    scene.drops(AINO)

    step = scene.meeting.expire(now=NOW + LINGER)

    assert told(step, ILMARI) == [Gone(AINO.id, GoneReason.LOST)]
    left = [(each.what.value, each.at, each.detail) for each in step.happened]
    assert left == [("left", NOW, {"reason": "lost"})]


def test_customer_who_left_by_herself_must_knock_again() -> None:
    scene = at_the_table()
    left = scene.says(AINO, Leave())

    step = scene.arrives(AINO)

    assert told(left, AINO) == [Bye(ByeReason.LEFT)]
    assert told(left, ILMARI) == [Gone(AINO.id, GoneReason.LEFT)]
    assert told(step, AINO) == [Waiting(1)]


def test_those_behind_move_up_when_somebody_leaves_the_waiting_room() -> None:
    scene = Scene()
    scene.arrives(AINO)
    second = scene.arrives(AINOS_PHONE)

    step = scene.says(AINO, Leave())

    assert told(second, AINOS_PHONE) == [Waiting(2)]
    assert told(step, AINOS_PHONE) == [Waiting(1)]


def test_meeting_is_over_when_both_have_met_and_both_have_left() -> None:
    scene = at_the_table()
    for who in (AINO, ILMARI):
        scene.says(who, Media(MediaState.CONNECTED, None))

    steps = [scene.says(AINO, Leave()), scene.says(ILMARI, Leave())]

    assert [happenings(step) for step in steps] == [
        [("left", "customer")],
        [("left", "adviser"), ("ended", "adviser")],
    ]


def test_meeting_goes_on_when_they_left_without_having_met() -> None:
    scene = at_the_table()
    scene.says(AINO, Leave())

    step = scene.says(ILMARI, Leave())

    assert happenings(step) == [("left", "adviser")]
    assert kinds(scene.arrives(ILMARI), ILMARI) == ["admitted"]


def test_adviser_who_ends_before_letting_anybody_in_only_leaves() -> None:
    scene = waiting_room()

    step = scene.says(ILMARI, End())

    assert told(step, ILMARI) == [Bye(ByeReason.LEFT)]
    assert told(step, AINO) == []
    assert happenings(step) == [("left", "adviser")]


def test_ended_meeting_sends_all_off_and_lets_nobody_in() -> None:
    scene = at_the_table()

    step = scene.says(ILMARI, End())

    assert (told(step, AINO), told(step, ILMARI)) == ([Bye(ByeReason.ENDED)], [Bye(ByeReason.ENDED)])
    with pytest.raises(MeetingOver):
        scene.arrives(AINO)


def test_second_adviser_finds_the_table_full() -> None:
    scene = Scene()
    scene.arrives(ILMARI)

    with pytest.raises(TableFull):
        scene.arrives(LOUHI)


def test_stranger_without_a_seat_is_not_heard() -> None:
    with pytest.raises(NotAdmitted):
        at_the_table().says(LOUHI, Say("1", "let me in"))
