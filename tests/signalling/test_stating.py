"""What an adviser states of their room: in whose ears, since when, and how long it holds."""

from datetime import timedelta

import pytest

from signalling.answer import MOST_REPORTS
from signalling.errors import BadMessage, NotAdmitted, NotForRole, TooManyMessages
from signalling.memory import remembered, written
from signalling.message import Admitted, Peer, StatedTold, wire
from signalling.request import Admit, SendBack, State, read
from signalling.statement import Stated, Statement
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

ALONE = Statement.ALONE_HEADSET
SAID = Stated(ALONE, NOW)


def introduced(scene: Scene) -> Stated | None:
    """Return what Aino is told of Ilmari's room when her page comes back to the table."""
    peer = told(scene.arrives(AINO, "anew"), AINO)[1]
    assert isinstance(peer, Peer)
    return peer.stated


def test_who_is_let_in_is_told_what_the_adviser_stated_and_when() -> None:
    step = waiting_room().says(ILMARI, Admit(AINO.id, ALONE))

    peer = told(step, AINO)[1]
    assert isinstance(peer, Peer)
    assert peer.stated == SAID
    assert b'"stated":{"statement":"alone_headset","at":"2026-11-23T10:30:00Z"}' in wire(peer)
    assert (step.happened[0].what, step.happened[0].detail) == ("stated", {"statement": ALONE})


def test_a_client_that_states_nothing_lets_in_and_the_customer_is_told_that_nothing_was_said() -> None:
    scene = waiting_room()

    step = scene.says(ILMARI, read({"type": "admit", "participant": str(AINO.id)}))

    peer = told(step, AINO)[1]
    assert isinstance(peer, Peer)
    assert peer.stated is None
    assert happenings(step) == [("admitted", "adviser")]


def test_what_was_stated_for_one_customer_is_not_said_of_the_next_without_a_word() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id, ALONE))
    scene.says(ILMARI, SendBack(AINO.id))

    scene.says(ILMARI, Admit(AINO.id))

    assert introduced(scene) is None


def test_who_waits_is_told_nothing_of_it() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id, ALONE))
    arrived = scene.arrives(AINOS_PHONE)

    changed = scene.says(ILMARI, State(Statement.OTHERS_MAY_HEAR))

    assert kinds(arrived, AINOS_PHONE) == ["waiting"]
    assert kinds(changed, AINOS_PHONE) == []
    assert kinds(changed, AINO) == ["stated"]


def test_a_statement_changes_in_the_meeting_for_the_customer_at_once() -> None:
    scene = at_the_table()
    scene.now = NOW + timedelta(minutes=5)

    step = scene.says(ILMARI, State(Statement.OTHERS_HEAR_ME))

    assert told(step, AINO) == [StatedTold(ILMARI.id, Statement.OTHERS_HEAR_ME, scene.now)]
    assert happenings(step) == [("stated", "adviser")]
    assert introduced(scene) == Stated(Statement.OTHERS_HEAR_ME, scene.now)


def test_it_outlives_a_restart_and_the_adviser_hears_their_own_words_again() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id, ALONE))

    again = Scene(remembered(TURN, written(scene.meeting), now=NOW))
    back = told(again.arrives(ILMARI), ILMARI)[0]

    assert isinstance(back, Admitted)
    assert back.stated == SAID
    assert introduced(again) == SAID


def test_a_meeting_of_the_release_before_is_remembered_without_it() -> None:
    scene = at_the_table()
    state = dict(written(scene.meeting))
    state["seats"] = [{name: it for name, it in seat.items() if name != "stated"} for seat in state["seats"]]  # type: ignore[attr-defined]

    again = Scene(remembered(TURN, state, now=NOW))
    again.arrives(ILMARI)

    assert introduced(again) is None


def test_a_colleague_who_takes_over_has_said_nothing_yet() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id, ALONE))
    scene.meeting.leave(scene.meeting.seat_of(ILMARI.id), now=NOW)

    peer = told(scene.arrives(LOUHI), AINO)[0]

    assert isinstance(peer, Peer)
    assert peer.stated is None


def test_a_customer_can_state_nothing_in_an_advisers_name() -> None:
    with pytest.raises(NotForRole):
        at_the_table().says(AINO, State(ALONE))
    with pytest.raises(NotAdmitted):
        waiting_room().says(AINO, State(ALONE))


def test_only_the_ready_statements_are_read() -> None:
    with pytest.raises(BadMessage):
        read({"type": "admit", "participant": str(AINO.id), "statement": "I am alone"})
    with pytest.raises(BadMessage):
        read({"type": "statement"})


def test_statements_of_one_visit_are_counted() -> None:
    scene = at_the_table()
    for _ in range(MOST_REPORTS):
        scene.says(ILMARI, State(ALONE))

    with pytest.raises(TooManyMessages):
        scene.says(ILMARI, State(ALONE))
