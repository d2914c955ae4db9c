"""Descriptions, candidates, mutes, texts, pages and media reports between two people."""

from uuid import UUID

import pytest

from signalling.answer import MOST_REPORTS, lay
from signalling.assurance import Level
from signalling.candidate import read_candidate
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
    wire,
)
from signalling.participant import Lost, Participant, Role
from signalling.relay import MOST_CANDIDATES
from signalling.request import (
    Admit,
    Candidate,
    Describe,
    DescriptionType,
    Media,
    MediaState,
    Mute,
    Ready,
    Say,
    Turn,
    Unbind,
)
from signalling.sdp import write_sdp
from signalling.step import Step
from signalling.step_up import prove
from signalling.table import MOST_TEXTS
from tests.signalling.people import (
    AINO,
    ILMARI,
    LOUHI,
    NOW,
    Scene,
    at_the_table,
    happenings,
    offer,
    sdp,
    told,
    waiting_room,
)
from web.wire import WireLimits

PAPER = UUID(int=99)
OUTER = "candidate:1 1 udp 1 8.8.8.8 5000 typ srflx raddr 10.0.0.5 rport 5000"
INNER = "candidate:1 1 udp 1 10.0.0.5 5000 typ host"
PLACE: dict[str, str | int | None] = {"sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "x"}


def candidate(to: Participant, line: str) -> Candidate:
    return Candidate(to.id, read_candidate(line), PLACE)


def heard(step: Step, who: Participant) -> list[object]:
    """Return the candidates that one is told."""
    return [each.candidate["candidate"] for each in told(step, who) if isinstance(each, CandidateTold)]


def test_description_goes_to_the_one_it_is_for() -> None:
    step = at_the_table().says(ILMARI, offer(AINO))

    assert told(step, AINO) == [DescriptionTold(ILMARI.id, {"type": "offer", "sdp": write_sdp(sdp())})]
    assert told(step, ILMARI) == []


def test_rollback_is_passed_on_without_a_description() -> None:
    step = at_the_table().says(ILMARI, Describe(AINO.id, DescriptionType.ROLLBACK, None))

    assert told(step, AINO) == [DescriptionTold(ILMARI.id, {"type": "rollback", "sdp": ""})]


def test_nothing_is_relayed_to_a_stranger() -> None:
    with pytest.raises(ParticipantUnknown):
        at_the_table().says(ILMARI, offer(LOUHI))


def test_customers_inner_address_goes_to_the_adviser_but_not_the_other_way() -> None:
    scene = at_the_table()

    from_customer = scene.says(AINO, candidate(ILMARI, INNER))
    from_adviser = scene.says(ILMARI, candidate(AINO, INNER))

    assert told(from_customer, ILMARI) == [CandidateTold(AINO.id, {"candidate": INNER, **PLACE})]
    assert told(from_adviser, AINO) == []


def test_inner_address_behind_an_advisers_outer_one_is_hidden() -> None:
    step = at_the_table().says(ILMARI, candidate(AINO, OUTER))

    assert heard(step, AINO) == ["candidate:1 1 udp 1 8.8.8.8 5000 typ srflx raddr 0.0.0.0 rport 0"]


def test_advisers_description_loses_its_inner_addresses_and_nothing_else() -> None:
    step = at_the_table().says(ILMARI, offer(AINO, f"a={INNER}", f"a={OUTER}"))

    hidden = "a=candidate:1 1 udp 1 8.8.8.8 5000 typ srflx raddr 0.0.0.0 rport 0"
    assert told(step, AINO) == [DescriptionTold(ILMARI.id, {"type": "offer", "sdp": write_sdp(sdp(hidden))})]


@pytest.mark.parametrize(
    "address", ["224.0.0.1", "255.255.255.255", "127.0.0.1", "169.254.169.254", "::ffff:8.8.8.8"]
)
def test_candidate_to_where_no_peer_can_be_is_told_to_nobody(address: str) -> None:
    scene = at_the_table()
    line = f"candidate:1 1 udp 1 {address} 5000 typ host"

    alone = scene.says(AINO, candidate(ILMARI, line))
    within = scene.says(AINO, offer(ILMARI, f"a={line}"))

    assert told(alone, ILMARI) == []
    assert DescriptionTold(AINO.id, {"type": "offer", "sdp": write_sdp(sdp())}) in told(within, ILMARI)


def table_with(policy: IcePolicy) -> Scene:
    scene = Scene(Meeting(policy))
    scene.arrives(ILMARI)
    scene.arrives(AINO)
    scene.says(ILMARI, Admit(AINO.id))
    return scene


def test_loopback_passes_where_all_is_on_one_machine() -> None:
    scene = table_with(IcePolicy(is_local=True))
    own = "candidate:1 1 udp 1 127.0.0.1 5000 typ host"

    assert heard(scene.says(AINO, candidate(ILMARI, own)), ILMARI) == [own]


def test_only_relayed_candidates_pass_where_all_goes_by_the_relay() -> None:
    scene = table_with(IcePolicy(is_relay_only=True))
    relayed = "candidate:1 1 udp 1 8.8.8.8 5000 typ relay raddr 8.8.4.4 rport 5001"

    told_them = [heard(scene.says(AINO, candidate(ILMARI, each)), ILMARI) for each in (INNER, OUTER, relayed)]

    assert told_them == [[], [], [relayed]]


def test_description_for_a_stranger_counts_for_nothing() -> None:
    scene = at_the_table()
    scene.says(AINO, candidate(ILMARI, INNER))

    with pytest.raises(ParticipantUnknown):
        scene.says(AINO, offer(LOUHI))

    assert (scene.meeting.seats[AINO.id].candidates, scene.meeting.seats[AINO.id].descriptions) == (1, 0)


def test_addresses_pass_where_the_setting_says_so() -> None:
    scene = table_with(IcePolicy(hides_private=False))

    assert heard(scene.says(ILMARI, candidate(AINO, INNER)), AINO) == [INNER]


def test_candidates_are_counted_anew_after_each_description() -> None:
    scene = at_the_table()
    for _ in range(MOST_CANDIDATES):
        scene.says(AINO, candidate(ILMARI, INNER))

    with pytest.raises(TooManyMessages):
        scene.says(AINO, candidate(ILMARI, INNER))
    scene.says(AINO, offer(ILMARI))

    assert told(scene.says(AINO, candidate(ILMARI, INNER)), ILMARI) != []


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


def test_texts_for_who_comes_back_fit_one_frame_that_no_line_is_cut_for() -> None:
    scene = at_the_table()
    for number in range(MOST_TEXTS):
        scene.says(AINO, Say(str(number), "\x01" * 2_000))

    back = scene.arrives(ILMARI, visit="another page")

    admitted = next(each for each in told(back, ILMARI) if isinstance(each, Admitted))
    assert admitted.texts[-1].ref == str(MOST_TEXTS - 1)
    assert len(wire(admitted)) < WireLimits().most_held_bytes / 1.5


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
