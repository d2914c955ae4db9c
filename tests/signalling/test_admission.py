"""Letting in and sending away."""

import pytest

from signalling.errors import NotAdmitted, NotForRole, ParticipantUnknown, TableFull
from signalling.message import Gone, GoneReason, Peer, Refused, RefusedReason, Waiting
from signalling.request import Admit, End, Refuse, Say
from tests.signalling.people import (
    AINO,
    AINOS_PHONE,
    ILMARI,
    LOUHI,
    at_the_table,
    happenings,
    kinds,
    told,
    waiting_room,
)


def test_admitted_customer_gets_turn_credentials_made_for_her() -> None:
    step = waiting_room().says(ILMARI, Admit(AINO.id))

    peer = told(step, AINO)[1]
    assert isinstance(peer, Peer)
    assert [server.urls for server in peer.ice_servers] == [("turn:turn.example.org",)]
    assert happenings(step) == [("admitted", "adviser")]
    assert step.is_binding


def test_admitting_twice_changes_nothing() -> None:
    step = at_the_table().says(ILMARI, Admit(AINO.id))

    assert (step.envelopes, step.happened) == ((), ())


@pytest.mark.parametrize("request_", [Admit(AINO.id), Refuse(AINO.id, RefusedReason.NOT_NOW), End()])
def test_customer_who_waits_cannot_do_what_is_the_advisers(request_: Admit | Refuse | End) -> None:
    with pytest.raises(NotAdmitted):
        waiting_room().says(AINO, request_)


@pytest.mark.parametrize("request_", [Admit(AINO.id), Refuse(AINO.id, RefusedReason.NOT_NOW), End()])
def test_customer_at_the_table_cannot_do_what_is_the_advisers(request_: Admit | Refuse | End) -> None:
    with pytest.raises(NotForRole):
        at_the_table().says(AINO, request_)


def test_customer_who_waits_cannot_write() -> None:
    with pytest.raises(NotAdmitted):
        waiting_room().says(AINO, Say("1", "hello?"))


def test_adviser_cannot_admit_somebody_who_is_not_there() -> None:
    with pytest.raises(ParticipantUnknown):
        waiting_room().says(ILMARI, Admit(LOUHI.id))


def test_refused_customer_is_told_why_and_may_knock_again() -> None:
    scene = waiting_room()

    step = scene.says(ILMARI, Refuse(AINO.id, RefusedReason.NOT_NOW))

    assert told(step, AINO) == [Refused(RefusedReason.NOT_NOW)]
    assert told(step, ILMARI) == [Gone(AINO.id, GoneReason.REFUSED)]
    assert told(scene.arrives(AINO), AINO) == [Waiting(1)]


def test_second_customer_is_not_admitted_beside_the_first() -> None:
    scene = at_the_table()
    scene.arrives(AINOS_PHONE)

    with pytest.raises(TableFull):
        scene.says(ILMARI, Admit(AINOS_PHONE.id))


def test_second_device_takes_the_seat_of_one_that_lost_its_line() -> None:
    scene = at_the_table()
    scene.arrives(AINOS_PHONE)
    scene.drops(AINO)

    step = scene.says(ILMARI, Admit(AINOS_PHONE.id))

    assert kinds(step, AINOS_PHONE) == ["admitted", "peer"]
    assert told(step, ILMARI)[0] == Gone(AINO.id, GoneReason.LOST)
