"""What goes first on a narrow way, and what passes as a screen: the browser's own rules, run by node."""

from typing import Any

from tests.instances.node import printed, script_address


async def said(script: str, name: str) -> Any:
    """Run a script with a module of the meeting as `given`, and return what it prints."""
    return await printed(f"const given = await import({script_address(f'meeting/{name}')});\n{script}")


SENT = """
const rungs = ["picture", "small", "sound", "voice"];
const sent = (isSharing) => rungs.map((rung) => Object.entries(given.portions(rung, isSharing, 1))
  .filter(([, {active}]) => active).map(([name]) => name));
console.log(JSON.stringify([sent(false), sent(true)]));
"""


async def test_where_the_way_is_narrow_the_camera_goes_before_the_screen() -> None:
    alone, sharing = await said(SENT, "portions.js")

    assert alone == [["camera"], ["camera"], [], []]
    assert sharing == [["camera", "screen"], ["screen"], [], []]


async def test_a_screen_keeps_its_letters_and_changes_more_seldom() -> None:
    screens = await said(
        "const rungs = ['picture', 'small'];\n"
        "console.log(JSON.stringify(rungs.map((rung) => given.portions(rung, true, 1).screen)))",
        "portions.js",
    )

    assert [screen["maxFramerate"] for screen in screens] == [15, 3]
    assert [screen.get("scaleResolutionDownBy", 1) for screen in screens] == [1, 1]


CHOSEN = """
const [screen, camera] = [{}, {}];
Object.defineProperty(globalThis, "navigator", {value: {mediaDevices: {
  getDisplayMedia: async (wanted) => ({getVideoTracks: () => [Object.assign(screen, {wanted})]}),
}}});
await given.openScreen();
const known = [screen, camera].map(given.isScreen);
console.log(JSON.stringify([...known, screen.wanted.audio, screen.contentHint]));
"""


async def test_only_what_was_chosen_as_a_screen_is_one_and_it_brings_no_sound() -> None:
    assert await said(CHOSEN, "screen.js") == [True, False, False, "detail"]
