"""A try that hangs is not waited for: the browser's own rule, run by node as it stands."""

import json

from tests.instances.node import printed, script_address

SCRIPT = """
const {{ firstOf }} = await import({module});
const signals = [];
const hung = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("late"))));
const fates = {fates};
let open = [];
const attempt = (signal) => {{
  signals.push(signal);
  open = signals.flatMap((each, number) => (each.aborted ? [] : [number]));
  const fate = fates[signals.length - 1] ?? "hangs";
  if (fate === "hangs") return hung(signal);
  return fate === "fails" ? Promise.reject(new Error(fate)) : Promise.resolve(fate);
}};
const how = {{ everyMs: 20, withinMs: {within}, atOnce: 3 }};
const answer = await firstOf(attempt, how).catch((error) => error.message);
console.log(JSON.stringify([answer, open, signals.every((each) => each.aborted)]));
"""


async def came(*fates: str, within: int = 10_000) -> list[object]:
    """Return what came of it, which tries ran when the last one began, and whether all were ended."""
    module = script_address("meeting/first_of.js")
    script = SCRIPT.format(module=module, fates=json.dumps(fates), within=within)
    answer: list[object] = await printed(script)
    return answer


async def test_answer_comes_at_the_first_try() -> None:
    assert await came("ticket") == ["ticket", [0], True]


async def test_try_beside_those_that_hang_is_taken_and_they_are_ended() -> None:
    assert await came("hangs", "hangs", "ticket") == ["ticket", [0, 1, 2], True]


async def test_failure_is_told_at_once() -> None:
    assert await came("fails", "ticket") == ["fails", [0], True]


async def test_all_that_hang_are_given_up_together() -> None:
    answer, tries, are_ended = await came(within=150)

    assert (answer, are_ended) == ("late", True)
    assert isinstance(tries, list)
    assert len(tries) > 1


async def test_oldest_makes_room_but_for_the_very_first() -> None:
    assert await came(*["hangs"] * 4, "ticket") == ["ticket", [0, 3, 4], True]
