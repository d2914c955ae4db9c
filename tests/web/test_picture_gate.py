"""When a picture of the camera may leave: the gate's own rule, run by node as it stands."""

import json
from collections.abc import Sequence

import pytest

from tests.instances.node import printed, script_address

SCRIPT = """
const {{ after, begun, isProven, runs, LIMITS }} = await import({module});
let state = begun({wish});
const shown = [];
for (const step of {steps}) {{
  state = after(state, step.type === "answer" ? {{ round: state.round, ...step }} : step);
  shown.push(isProven(state));
}}
console.log(JSON.stringify({{ shown, runs: runs(state), ended: state.ended, round: state.round }}));
"""
GOOD = {"type": "answer", "took": 30, "isPlausible": True}
LATE = {"type": "answer", "took": 450, "isPlausible": True}
LIE = {"type": "answer", "took": 30, "isPlausible": False}
CRASH, HIDDEN, VISIBLE, SOURCE = ({"type": name} for name in ("crash", "hidden", "visible", "source"))
PROOF = [GOOD] * 5


async def played(steps: Sequence[object], wish: str = "blur") -> dict[str, object]:
    module = script_address("picture/gate_state.js")
    script = SCRIPT.format(module=module, steps=json.dumps(steps), wish=json.dumps(wish))
    answer: dict[str, object] = await printed(script)
    return answer


async def test_filter_is_shown_after_five_good_answers_in_a_row() -> None:
    answer = await played([*PROOF[:4], LIE, *PROOF])

    assert answer["shown"] == [False] * 9 + [True]


@pytest.mark.parametrize(
    "broken", [[CRASH], [HIDDEN, VISIBLE], [SOURCE], [LIE]], ids=lambda it: it[0]["type"]
)
async def test_what_breaks_the_proof_hides_the_picture_until_the_next_proof(
    broken: list[dict[str, object]],
) -> None:
    answer = await played([*PROOF, *broken, *PROOF])

    assert answer["shown"] == [False] * 4 + [True] + [False] * (len(broken) + 4) + [True]


async def test_hidden_tab_asks_the_filter_nothing() -> None:
    answer = await played([*PROOF, HIDDEN])

    assert answer["runs"] is False


async def test_answer_about_the_camera_before_proves_nothing_of_this_one() -> None:
    old = [GOOD | {"round": 1}] * 5

    answer = await played([*old, SOURCE, *old])

    assert answer["shown"] == [False] * 4 + [True] + [False] * 6


async def test_third_crash_is_the_last_try() -> None:
    answer = await played([*PROOF, CRASH, *PROOF, CRASH, *PROOF, CRASH, *PROOF])

    assert (answer["ended"], answer["runs"]) == ("failed", False)
    assert answer["shown"][-5:] == [False] * 5  # type: ignore[index]


async def test_machine_that_is_too_slow_shows_nothing_of_the_camera_and_gives_up() -> None:
    answer = await played([LATE] * 9)

    assert answer["shown"] == [False] * 9
    assert (answer["ended"], answer["runs"]) == ("slow", False)


async def test_machine_that_becomes_too_slow_hides_the_picture_again() -> None:
    answer = await played([*PROOF, *[LATE] * 6])

    assert (answer["shown"][4], answer["shown"][-1], answer["ended"]) == (True, False, "slow")  # type: ignore[index]


async def test_filter_that_hangs_counts_as_crashed() -> None:
    asked, early, late = (
        {"type": "asked", "at": 1000},
        {"type": "tick", "at": 2400},
        {"type": "tick", "at": 2600},
    )

    answer = await played([*PROOF, asked, early, late])

    assert answer["shown"][-2:] == [True, False]  # type: ignore[index]


async def test_first_answer_may_wait_for_the_model() -> None:
    answer = await played([{"type": "asked", "at": 0}, {"type": "tick", "at": 20_000}])

    assert answer["round"] == 1


async def test_neutral_picture_that_was_chosen_never_becomes_another() -> None:
    answer = await played([*PROOF, SOURCE, *PROOF], wish="neutral")

    assert answer["shown"] == [False] * 11
    assert answer["runs"] is False


async def test_wish_after_a_failure_is_a_new_try() -> None:
    answer = await played([CRASH, CRASH, CRASH, {"type": "wish", "wish": "blur"}, *PROOF])

    assert answer["shown"][-1] is True  # type: ignore[index]
