"""An adviser asks in the meeting, and the customer proves it over the line that is open."""

from dataclasses import replace

import pytest

from signalling.assurance import Level
from signalling.errors import NotAdmitted, NotForRole, ParticipantUnknown
from signalling.memory import remembered, written
from signalling.message import ProofAsked, ProofTold, Proving, ProvingState
from signalling.participant import Lost, Proof
from signalling.request import Admit, AskProof, Decline, Unbind
from signalling.step_up import prove, tell_proving
from tests.signalling.people import (
    AINO,
    FINGERPRINT,
    ILMARI,
    NOW,
    PROOF,
    TURN,
    Scene,
    kinds,
    offer,
    told,
    waiting_room,
)

STRANGER = replace(AINO, proof=Proof())
HIGH = replace(PROOF, assurance=Level.HIGH)


def unknown_at_the_table() -> Scene:
    scene = Scene()
    scene.arrives(ILMARI)
    scene.arrives(STRANGER)
    scene.says(ILMARI, Admit(AINO.id))
    return scene


def test_customer_is_asked_and_the_adviser_sees_it() -> None:
    step = unknown_at_the_table().says(ILMARI, AskProof(AINO.id, Level.SUBSTANTIAL))

    assert told(step, AINO) == [ProofAsked(Level.SUBSTANTIAL)]
    assert told(step, ILMARI) == [Proving(AINO.id, ProvingState.ASKED)]


def test_only_an_adviser_asks_and_only_one_at_the_table_is_asked() -> None:
    with pytest.raises(NotForRole):
        unknown_at_the_table().says(AINO, AskProof(AINO.id, Level.LOW))
    with pytest.raises(ParticipantUnknown):
        waiting_room().says(ILMARI, AskProof(AINO.id, Level.LOW))
    with pytest.raises(NotAdmitted):
        waiting_room().says(AINO, AskProof(AINO.id, Level.LOW))


def test_fresh_ticket_over_the_open_line_becomes_the_proof() -> None:
    scene = unknown_at_the_table()
    scene.says(ILMARI, AskProof(AINO.id, Level.SUBSTANTIAL))

    step = prove(scene.meeting, scene.meeting.seats[AINO.id], AINO, now=NOW)

    assert told(step, ILMARI) == [ProofTold(AINO.id, AINO.name, PROOF)]
    assert told(step, AINO) == [ProofAsked(None)]


def test_lower_proof_than_was_asked_for_leaves_the_question_standing() -> None:
    scene = unknown_at_the_table()
    scene.says(ILMARI, AskProof(AINO.id, Level.HIGH))
    seat = scene.meeting.seats[AINO.id]

    lower = prove(scene.meeting, seat, AINO, now=NOW)
    reached = prove(scene.meeting, seat, replace(AINO, proof=HIGH), now=NOW)

    assert told(lower, AINO) == [ProofAsked(Level.HIGH)]
    assert told(reached, AINO) == [ProofAsked(None)]


def test_proof_for_another_certificate_than_the_one_that_speaks_is_lost_at_once() -> None:
    scene = unknown_at_the_table()
    scene.says(STRANGER, offer(ILMARI, "a=fingerprint:sha-256 " + ":".join(["A5"] * 32)))

    step = prove(scene.meeting, scene.meeting.seats[AINO.id], AINO, now=NOW)

    assert [each.what.value for each in step.happened] == ["identification_lost"]
    assert scene.meeting.seats[AINO.id].who.proof.lost is Lost.DESCRIPTION


def test_same_proof_again_does_not_undo_what_an_advisers_browser_saw() -> None:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id))
    scene.says(ILMARI, Unbind(AINO.id, Lost.CERTIFICATE))
    seat = scene.meeting.seats[AINO.id]

    prove(scene.meeting, seat, AINO, now=NOW)
    assert seat.who.proof.lost is Lost.CERTIFICATE
    prove(scene.meeting, seat, replace(AINO, proof=HIGH), now=NOW)

    assert seat.who.proof == HIGH


def test_who_does_not_want_to_says_so_once() -> None:
    scene = unknown_at_the_table()
    scene.says(ILMARI, AskProof(AINO.id, Level.LOW))

    steps = [scene.says(AINO, Decline()) for _ in range(2)]

    assert [told(step, ILMARI) for step in steps] == [[Proving(AINO.id, ProvingState.DECLINED)], []]


def test_question_outlives_a_reload_and_a_restart() -> None:
    scene = unknown_at_the_table()
    scene.says(ILMARI, AskProof(AINO.id, Level.LOW))
    again = Scene(remembered(TURN, written(scene.meeting), now=NOW))

    step = again.arrives(STRANGER, visit="another page")

    assert kinds(step, AINO) == ["admitted", "proof_asked"]


def test_house_tells_both_how_it_goes() -> None:
    scene = unknown_at_the_table()
    seat = scene.meeting.seats[AINO.id]

    step = tell_proving(scene.meeting, seat, ProvingState.FAILED, "cancelled")

    failed = Proving(AINO.id, ProvingState.FAILED, "cancelled")
    assert (told(step, AINO), told(step, ILMARI)) == ([failed], [failed])


def test_proof_at_booking_is_worth_nothing_for_who_is_here() -> None:
    assert PROOF.fingerprint == FINGERPRINT
    assert [Level(each.level) for each in (Proof(), PROOF, replace(PROOF, purpose=None))] == [
        Level.NONE,
        Level.SUBSTANTIAL,
        Level.NONE,
    ]
