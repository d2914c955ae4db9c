"""An identification holds for one certificate: by the descriptions, and by what an adviser's browser sees."""

from dataclasses import replace

import pytest

from signalling.answer import answer
from signalling.errors import NotForRole, ParticipantUnknown
from signalling.memory import remembered, written
from signalling.message import ProofTold
from signalling.participant import Lost, Participant
from signalling.request import Admit, Describe, Unbind
from tests.signalling import people
from tests.signalling.people import (
    AINO,
    FINGERPRINT,
    ILMARI,
    LOUHI,
    NOW,
    PROOF,
    TURN,
    Scene,
    at_the_table,
    happenings,
    told,
)

OURS = ":".join(FINGERPRINT[i : i + 2] for i in range(0, 64, 2)).upper()
ANOTHERS = ":".join(["A5"] * 32)


def offer(*fingerprints: str) -> Describe:
    return people.offer(ILMARI, *(f"a=fingerprint:{each}" for each in fingerprints))


def proof_of_aino(scene: Scene) -> Lost | None:
    return scene.meeting.seats[AINO.id].who.proof.lost


def test_description_with_the_bound_certificate_changes_nothing() -> None:
    scene = at_the_table()

    step = scene.says(AINO, offer(f"sha-256 {OURS}", f"sha-256 {OURS}"))

    assert happenings(step) == []
    assert proof_of_aino(scene) is None


@pytest.mark.parametrize(
    "fingerprints",
    [
        (f"sha-256 {ANOTHERS}",),
        (f"sha-256 {OURS}", f"sha-256 {ANOTHERS}"),
        (f"sha-256 {ANOTHERS}", f"sha-256 {OURS}"),
        (f"sha-512 {OURS}",),
        (f"sha-256 {OURS}", f"SHA-1 {ANOTHERS}"),
        (),
    ],
)
def test_description_with_any_other_certificate_takes_the_proof_away(fingerprints: tuple[str, ...]) -> None:
    scene = at_the_table()

    step = scene.says(AINO, offer(*fingerprints))

    lost = replace(PROOF, lost=Lost.DESCRIPTION)
    assert told(step, ILMARI)[0] == ProofTold(AINO.id, AINO.name, lost)
    assert [(each.what.value, dict(each.detail)) for each in step.happened] == [
        ("identification_lost", {"reason": "description", "seen_by": "server"})
    ]
    assert lost.level == "none"


def test_what_was_lost_is_told_once() -> None:
    scene = at_the_table()
    scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    again = scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    assert happenings(again) == []


def test_advisers_browser_takes_the_proof_away_by_what_it_sees() -> None:
    scene = at_the_table()

    step = scene.says(ILMARI, Unbind(AINO.id, Lost.CERTIFICATE))

    assert told(step, ILMARI) == [ProofTold(AINO.id, AINO.name, replace(PROOF, lost=Lost.CERTIFICATE))]
    assert dict(step.happened[0].detail) == {"reason": "certificate", "seen_by": "adviser"}


def test_customer_can_take_no_proof_away() -> None:
    with pytest.raises(NotForRole):
        at_the_table().says(AINO, Unbind(AINO.id, Lost.CERTIFICATE))


@pytest.mark.parametrize("whose", [LOUHI, ILMARI])
def test_only_a_customers_proof_can_be_taken_away(whose: Participant) -> None:
    with pytest.raises(ParticipantUnknown):
        at_the_table().says(ILMARI, Unbind(whose.id, Lost.CERTIFICATE))


def test_lost_proof_stays_lost_when_the_same_page_comes_back_with_a_fresh_ticket() -> None:
    scene = at_the_table()
    scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    scene.drops(AINO)
    scene.arrives(AINO)

    assert proof_of_aino(scene) is Lost.DESCRIPTION


def test_page_loaded_anew_is_judged_anew() -> None:
    scene = at_the_table()
    scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    scene.arrives(AINO, visit="another page")
    assert proof_of_aino(scene) is None
    scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    assert proof_of_aino(scene) is Lost.DESCRIPTION


def test_lost_proof_stays_lost_over_a_restart() -> None:
    scene = at_the_table()
    scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))

    meeting = remembered(TURN, written(scene.meeting), now=NOW)

    seat = meeting.seats[AINO.id]
    assert seat.who == scene.meeting.seats[AINO.id].who
    assert seat.fingerprints == {ILMARI.id: frozenset({"a5" * 32})}


def test_without_a_bound_certificate_there_is_nothing_to_lose() -> None:
    scene = Scene()
    scene.arrives(ILMARI)
    scene.arrives(replace(AINO, proof=replace(PROOF, fingerprint=None)))
    scene.says(ILMARI, Admit(AINO.id))

    step = scene.says(AINO, offer(f"sha-256 {ANOTHERS}"))
    seen = answer(scene.meeting, ILMARI.id, Unbind(AINO.id, Lost.CERTIFICATE), now=NOW)

    assert (happenings(step), happenings(seen)) == ([], [])
