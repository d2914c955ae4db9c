"""Descriptions, candidates, mutes, texts, pages and media reports between two people."""

from uuid import UUID

import pytest

from signalling.answer import MOST_REPORTS, lay
from signalling.assurance import Level
from signalling.errors import NotOnTheTable, ParticipantUnknown, TooManyMessages
from signalling.failure import Failure
from signalling.ice import IcePolicy
from signalling.meeting import Meeting
from signalling.message import (
    Admitted,
    CandidateTold,
    DescriptionTold,
    DocumentLaid,
    Knock,
    MuteTold,
    PageTurned,
)
from signalling.participant import Lost, Participant, Role
from signalling.relay import MOST_CANDIDATES
from signalling.request import (
    Admit,
    Candidate,
    Describe,
    Media,
    MediaState,
    Mute,
    Ready,
    Say,
    Turn,
    Unbind,
)
from signalling.step_up import prove
from tests.signalling.people import (
    AINO,
    ILMARI,
    LOUHI,
    NOW,
    Scene,
    at_the_table,
    happenings,
    told,
    waiting_room,
)

PAPER = UUID(int=99)
OUTER = {"candidate": "candidate:1 1 udp 1 198.51.100.7 5000 typ srflx raddr 10.0.0.5 rport 5000"}
INNER = {"candidate": "candidate:1 1 udp 1 10.0.0.5 5000 typ host"}


def test_description_goes_to_the_one_it_is_for() -> None:
    offer = {"type": "offer", "sdp": "v=0\r\n"}

    step = at_the_table().says(ILMARI, Describe(AINO.id, offer))

    assert told(step, AINO) == [DescriptionTold(ILMARI.id, offer)]
    assert told(step, ILMARI) == []


def test_nothing_is_relayed_to_a_stranger() -> None:
    with pytest.raises(ParticipantUnknown):
        at_the_table().says(ILMARI, Describe(LOUHI.id, {"type": "offer", "sdp": "v=0\r\n"}))


def test_customers_inner_address_goes_to_the_adviser_but_not_the_other_way() -> None:
    scene = at_the_table()

    from_customer = scene.says(AINO, Candidate(ILMARI.id, INNER))
    from_adviser = scene.says(ILMARI, Candidate(AINO.id, INNER))

    assert told(from_customer, ILMARI) == [CandidateTold(AINO.id, INNER)]
    assert told(from_adviser, AINO) == []


def test_inner_address_behind_an_advisers_outer_one_is_hidden() -> None:
    step = at_the_table().says(ILMARI, Candidate(AINO.id, OUTER))

    hidden = "candidate:1 1 udp 1 198.51.100.7 5000 typ srflx raddr 0.0.0.0 rport 0"
    assert told(step, AINO) == [CandidateTold(ILMARI.id, {"candidate": hidden})]


def test_addresses_pass_where_the_setting_says_so() -> None:
    scene = Scene(Meeting(IcePolicy(hides_private=False)))
    scene.arrives(ILMARI)
    scene.arrives(AINO)
    scene.says(ILMARI, Admit(AINO.id))

    assert told(scene.says(ILMARI, Candidate(AINO.id, INNER)), AINO) == [CandidateTold(ILMARI.id, INNER)]


def test_candidates_are_counted_anew_after_each_description() -> None:
    scene = at_the_table()
    for _ in range(MOST_CANDIDATES):
        scene.says(AINO, Candidate(ILMARI.id, INNER))

    with pytest.raises(TooManyMessages):
        scene.says(AINO, Candidate(ILMARI.id, INNER))
    scene.says(AINO, Describe(ILMARI.id, {"type": "offer", "sdp": "v=0\r\n"}))

    assert told(scene.says(AINO, Candidate(ILMARI.id, INNER)), ILMARI) != []


def test_mute_is_told_to_the_other_and_kept_for_the_return() -> None:
    scene = at_the_table()

    step = scene.says(AINO, Mute(audio=True, video=False))

    assert told(step, ILMARI) == [MuteTold(AINO.id, audio=True, video=False)]
    assert told(step, AINO) == []


def test_text_sent_twice_with_one_ref_is_one_text() -> None:
    scene = at_the_table()

    steps = [scene.says(AINO, Say("r1", "hello")) for _ in range(2)]

    assert told(steps[0], AINO) == told(steps[1], AINO) == told(steps[1], ILMARI)
    assert len(scene.meeting.table.texts) == 1


def test_document_is_laid_for_both_and_becomes_a_fact() -> None:
    scene = at_the_table()

    step = lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, now=NOW)

    assert told(step, AINO) == told(step, ILMARI) == [DocumentLaid(ILMARI.id, PAPER, "offer.pdf", 3, 1)]
    assert happenings(step) == [("document_shown", "adviser")]


def test_page_is_turned_for_both_by_either() -> None:
    scene = at_the_table()
    lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, now=NOW)

    step = scene.says(AINO, Turn(PAPER, 2))

    assert told(step, AINO) == told(step, ILMARI) == [PageTurned(AINO.id, PAPER, 2)]


@pytest.mark.parametrize("turn", [Turn(PAPER, 4), Turn(UUID(int=98), 1)])
def test_page_that_is_not_on_the_table_is_not_turned(turn: Turn) -> None:
    scene = at_the_table()
    lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, now=NOW)

    with pytest.raises(NotOnTheTable):
        scene.says(AINO, turn)


def test_media_are_a_fact_when_they_change() -> None:
    scene = at_the_table()

    steps = [scene.says(AINO, Media(MediaState.CONNECTED, None)) for _ in range(2)]
    steps.append(scene.says(AINO, Media(MediaState.FAILED, Failure.MEDIA_LOST)))

    facts = [[(each.what.value, dict(each.detail)) for each in step.happened] for step in steps]
    assert facts == [[("media_connected", {})], [], [("media_failed", {"failure": "media_lost"})]]


def test_adviser_sees_where_a_waiting_customer_is_stuck_until_she_is_not() -> None:
    scene = waiting_room()

    stuck = scene.says(AINO, Media(MediaState.FAILED, Failure.DEVICES_DENIED))
    helped = scene.says(AINO, Ready(audio=True, video=False))

    assert told(stuck, ILMARI) == [Knock(AINO, NOW, ready=False, failure="devices_denied")]
    assert told(helped, ILMARI) == [Knock(AINO, NOW, ready=True, failure=None)]


def test_reports_of_one_visit_have_an_end() -> None:
    scene = at_the_table()
    states = [Media(MediaState.CONNECTED, None), Media(MediaState.FAILED, Failure.MEDIA_LOST)]

    for count in range(MOST_REPORTS - 1):  # being ready was the first
        scene.says(AINO, states[count % 2])

    with pytest.raises(TooManyMessages):
        scene.says(AINO, states[1])


STRANGER = Participant(AINO.id, Role.CUSTOMER, AINO.name)


def locked_before_a_stranger() -> Scene:
    scene = Scene()
    scene.arrives(ILMARI)
    scene.arrives(STRANGER)
    scene.says(ILMARI, Admit(AINO.id))
    return scene


def test_locked_document_tells_a_stranger_neither_name_nor_pages() -> None:
    scene = locked_before_a_stranger()

    step = lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, Level.SUBSTANTIAL, now=NOW)
    turned = scene.says(ILMARI, Turn(PAPER, 2))
    back = scene.arrives(STRANGER, visit="another page")

    hidden = DocumentLaid(ILMARI.id, PAPER, lock=Level.SUBSTANTIAL)
    assert told(step, AINO) == [hidden]
    assert told(step, ILMARI) == [DocumentLaid(ILMARI.id, PAPER, "offer.pdf", 3, 1, Level.SUBSTANTIAL)]
    assert (told(turned, AINO), len(told(turned, ILMARI))) == ([], 1)
    assert [each.table for each in told(back, AINO) if isinstance(each, Admitted)] == [hidden]
    assert dict(step.happened[0].detail)["lock"] == "substantial"


def test_stranger_cannot_turn_a_locked_document() -> None:
    scene = locked_before_a_stranger()
    lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, Level.LOW, now=NOW)

    with pytest.raises(NotOnTheTable):
        scene.says(AINO, Turn(PAPER, 2))


def test_locked_document_opens_by_itself_and_closes_when_the_proof_is_lost() -> None:
    scene = locked_before_a_stranger()
    lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, Level.SUBSTANTIAL, now=NOW)
    scene.says(ILMARI, Turn(PAPER, 2))

    proven = prove(scene.meeting, scene.meeting.seats[AINO.id], AINO, now=NOW)
    lost = scene.says(ILMARI, Unbind(AINO.id, Lost.CERTIFICATE))

    opened = DocumentLaid(ILMARI.id, PAPER, "offer.pdf", 3, 2, Level.SUBSTANTIAL)
    assert opened in told(proven, AINO)
    assert told(lost, AINO) == [DocumentLaid(ILMARI.id, PAPER, lock=Level.SUBSTANTIAL)]


def test_document_stays_locked_below_its_level() -> None:
    scene = locked_before_a_stranger()
    lay(scene.meeting, ILMARI.id, PAPER, "offer.pdf", 3, Level.HIGH, now=NOW)

    step = prove(scene.meeting, scene.meeting.seats[AINO.id], AINO, now=NOW)

    assert told(step, AINO)[-1] == DocumentLaid(ILMARI.id, PAPER, lock=Level.HIGH)
