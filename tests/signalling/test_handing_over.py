"""Handing the meeting over: the seat passes when the colleague is there, and nothing else changes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec import structs

from signalling.answer import lay
from signalling.assurance import Level
from signalling.calling import call_in, cannot_come
from signalling.candidate import read_candidate
from signalling.errors import NotForRole, TableFull
from signalling.guest import CALL_LASTS, Guest, GuestState
from signalling.meeting import LINGER
from signalling.memory import calls_open, remembered, written
from signalling.message import Admitted, DocumentLaid, GuestTold, PageTurned, Peer, ProofTold, RoleTold
from signalling.participant import Lost, Role
from signalling.request import CallOff, Candidate, End, Leave, Media, MediaState, Say, Turn
from signalling.step import Step
from tests.signalling.people import (
    AINO,
    FINGERPRINT,
    ILMARI,
    LOUHI,
    NOW,
    TURN,
    Scene,
    at_the_table,
    happenings,
    kinds,
    offer,
    told,
)

OFFER = UUID(int=40)
FLOWS = Media(MediaState.CONNECTED, None)
CALL = Guest(
    id=LOUHI.id,
    role=Role.COLLEAGUE,
    name=LOUHI.name,
    reason="She knows the deed",
    takes_over=True,
    asked_by=ILMARI.id,
    asked_at=NOW,
)
ASKED = GuestTold(LOUHI.id, Role.COLLEAGUE, LOUHI.name, "She knows the deed", True, GuestState.ASKED)


def calls(scene: Scene, guest: Guest = CALL) -> Step:
    return call_in(scene.meeting, scene.meeting.seat_of(ILMARI.id), guest, now=scene.now)


def called() -> Scene:
    scene = at_the_table()
    for who in (ILMARI, AINO):
        scene.says(who, FLOWS)
    calls(scene)
    return scene


def beside() -> Scene:
    """Louhi has come, and nobody has heard her yet."""
    scene = called()
    scene.arrives(LOUHI)
    return scene


def roles(scene: Scene) -> dict[str, Role]:
    return {seat.who.name: seat.who.role for seat in scene.meeting.admitted()}


def test_everybody_at_the_table_is_told_who_comes_and_why() -> None:
    step = calls(at_the_table())

    assert (told(step, AINO), told(step, ILMARI)) == ([ASKED], [ASKED])
    assert happenings(step) == [("called_in", "adviser")]


def test_the_paper_on_the_table_goes_on_with_the_colleague_and_stays_open_to_the_customer() -> None:
    scene = called()
    lay(scene.meeting, ILMARI.id, OFFER, "offer.pdf", 3, Level.SUBSTANTIAL, now=NOW)
    scene.says(AINO, Turn(OFFER, 2))

    seated = told(scene.arrives(LOUHI), LOUHI)[0]
    step = scene.says(LOUHI, FLOWS)

    assert isinstance(seated, Admitted)
    assert seated.table == DocumentLaid(ILMARI.id, OFFER, "offer.pdf", 3, 2, Level.SUBSTANTIAL)
    assert ProofTold(AINO.id, AINO.name, AINO.proof) in told(step, LOUHI)
    assert "proof_asked" not in kinds(step, AINO)
    assert told(scene.says(LOUHI, Turn(OFFER, 3)), AINO) == [PageTurned(LOUHI.id, OFFER, 3)]


def test_who_was_not_called_finds_the_seat_taken() -> None:
    with pytest.raises(TableFull):
        at_the_table().arrives(LOUHI)


def test_who_was_called_is_introduced_to_both_and_told_no_proof() -> None:
    step = called().arrives(LOUHI)

    seated, *peers = told(step, LOUHI)
    assert isinstance(seated, Admitted)
    assert seated.role is Role.COLLEAGUE
    assert [type(peer) for peer in peers] == [Peer, Peer]
    assert not any(hasattr(peer.participant, "proof") for peer in peers if isinstance(peer, Peer))
    assert [kinds(step, who) for who in (AINO, ILMARI)] == [["peer"], ["peer"]]
    assert happenings(step) == [("joined", "colleague")]


def test_of_two_exactly_one_is_polite() -> None:
    step = called().arrives(LOUHI)

    polite = {
        (each.to, each.message.participant.id): each.message.polite
        for each in step.envelopes
        if isinstance(each.message, Peer)
    }
    assert all(polite[one, other] is not polite[other, one] for one, other in polite)
    assert polite[AINO.id, LOUHI.id]


def test_the_seat_passes_when_the_colleague_is_heard_and_the_history_has_one_adviser_at_a_time() -> None:
    scene = beside()

    step = scene.says(LOUHI, FLOWS)

    assert roles(scene) == {ILMARI.name: Role.COLLEAGUE, AINO.name: Role.CUSTOMER, LOUHI.name: Role.ADVISER}
    assert [(each.what.value, each.by.value) for each in step.happened] == [
        ("left", "adviser"),
        ("handed_over", "adviser"),
        ("adviser_ready", "adviser"),
        ("media_connected", "adviser"),
    ]
    assert step.happened[1].detail == {"from": str(ILMARI.id), "to": str(LOUHI.id)}
    passed = [RoleTold(ILMARI.id, Role.COLLEAGUE), RoleTold(LOUHI.id, Role.ADVISER)]
    assert told(step, AINO) == passed
    assert told(step, LOUHI) == [*passed, ProofTold(AINO.id, AINO.name, AINO.proof)]
    assert step.is_binding


def test_a_colleague_whose_media_fail_takes_nothing_and_writes_nothing() -> None:
    scene = beside()

    step = scene.says(LOUHI, Media(MediaState.FAILED, None))

    assert (step.happened, roles(scene)[ILMARI.name]) == ((), Role.ADVISER)


@pytest.mark.parametrize("request_", [End(), Turn(ILMARI.id, 1), CallOff(LOUHI.id)])
def test_what_is_the_advisers_is_not_the_colleagues(request_: End | Turn | CallOff) -> None:
    with pytest.raises(NotForRole):
        beside().says(LOUHI, request_)


def test_a_colleague_lays_nothing_on_the_table_and_writes_like_everybody() -> None:
    scene = beside()

    with pytest.raises(NotForRole):
        lay(scene.meeting, LOUHI.id, None, "", 0, now=NOW)
    assert kinds(scene.says(LOUHI, Say("1", "good day")), AINO) == ["text"]


def test_who_gave_the_seat_leaves_without_ending_anything_and_may_come_again() -> None:
    scene = beside()
    scene.says(LOUHI, FLOWS)

    left = scene.says(ILMARI, Leave())
    again = scene.arrives(ILMARI)

    assert happenings(left) == [("guest_left", "colleague")]
    assert not scene.meeting.is_over
    assert kinds(again, ILMARI)[0] == "admitted"
    assert roles(scene)[ILMARI.name] is Role.COLLEAGUE


def test_a_page_loaded_anew_keeps_the_seat_that_was_given() -> None:
    scene = beside()
    scene.says(LOUHI, FLOWS)

    scene.arrives(ILMARI, "another page")

    assert roles(scene) == {ILMARI.name: Role.COLLEAGUE, AINO.name: Role.CUSTOMER, LOUHI.name: Role.ADVISER}


def test_an_adviser_who_is_lost_leaves_the_seat_to_the_colleague() -> None:
    scene = beside()
    scene.drops(ILMARI)

    step = scene.meeting.expire(now=NOW + LINGER)

    assert [each.what.value for each in step.happened] == ["left", "handed_over", "adviser_ready"]
    assert roles(scene)[LOUHI.name] is Role.ADVISER


def test_a_customer_who_speaks_to_the_colleague_by_another_certificate_is_no_longer_proven() -> None:
    scene = beside()
    own = "a=fingerprint:sha-256 " + ":".join([FINGERPRINT[:2]] * 32)
    scene.says(AINO, offer(ILMARI, own))
    scene.says(AINO, offer(LOUHI, own))
    assert scene.meeting.seat_of(AINO.id).who.proof.lost is None

    scene.says(AINO, offer(LOUHI, "a=fingerprint:sha-256 " + ":".join(["a5"] * 32)))

    assert scene.meeting.seat_of(AINO.id).who.proof.lost is Lost.DESCRIPTION


def test_two_of_the_staff_tell_each_other_inner_addresses_and_the_customer_none() -> None:
    scene = beside()
    inner = Candidate(LOUHI.id, read_candidate("candidate:1 1 udp 1 10.0.0.5 5000 typ host"), {})

    assert kinds(scene.says(ILMARI, inner), LOUHI) == ["candidate"]
    assert kinds(scene.says(ILMARI, replace(inner, to=AINO.id)), AINO) == []


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (lambda scene: cannot_come(scene.meeting, LOUHI.id, now=NOW), GuestState.DECLINED),
        (lambda scene: scene.says(ILMARI, CallOff(LOUHI.id)), GuestState.WITHDRAWN),
        (lambda scene: scene.meeting.expire(now=NOW + CALL_LASTS), GuestState.UNANSWERED),
    ],
)
def test_a_call_ends_and_everybody_is_told(end: object, state: GuestState) -> None:
    scene = called()

    step = end(scene)  # type: ignore[operator]  # one of the three above

    assert told(step, AINO) == [structs.replace(ASKED, state=state)]
    with pytest.raises(TableFull):
        scene.arrives(LOUHI)


def test_only_one_is_asked_to_go_on_at_a_time() -> None:
    with pytest.raises(TableFull):
        calls(called(), replace(CALL, id=AINO.id))


def test_nothing_of_a_call_is_lost_over_a_restart() -> None:
    scene = called()
    again = remembered(TURN, written(scene.meeting), now=NOW)
    assert [guest["id"] for guest in calls_open(written(again))] == [str(LOUHI.id)]

    scene.arrives(LOUHI)
    scene.says(LOUHI, FLOWS)
    state = written(scene.meeting)

    back = Scene(remembered(TURN, state, now=NOW), NOW + timedelta(seconds=1))
    assert calls_open(state) == []
    assert roles(back)[LOUHI.name] is Role.ADVISER
    assert kinds(back.arrives(ILMARI), ILMARI)[0] == "admitted"
