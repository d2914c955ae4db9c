"""Which parts of a mask are somebody: the compositor's own rule, run by node as it stands."""

import json

from tests.instances.node import printed, script_address

SCRIPT = """
const {{ islandsKept }} = await import({module});
const rows = {rows};
const alphas = rows.join("").split("").map((cell) => (cell === "#" ? 255 : cell === "+" ? 20 : 0));
console.log(JSON.stringify(Array.from(islandsKept(alphas, rows[0].length))));
"""


async def kept(*rows: str) -> list[str]:
    module = script_address("picture/islands.js")
    cells = await printed(SCRIPT.format(module=module, rows=json.dumps(rows)))
    width = len(rows[0])
    return [
        "".join("#" if cell else "." for cell in cells[at : at + width]) for at in range(0, len(cells), width)
    ]


async def test_poster_on_the_wall_is_nobody() -> None:
    found = await kept(
        "#.......",
        "........",
        "...###..",
        "...###..",
    )

    assert found == [
        "........",
        "..#####.",
        "..#####.",
        "..#####.",
    ]


async def test_head_that_a_scarf_parts_from_its_body_stays() -> None:
    found = await kept(
        ".##..",
        ".....",
        ".....",
        "####.",
    )

    assert found == [
        "####.",
        "####.",
        "#####",
        "#####",
    ]


async def test_what_is_hardly_there_is_nobody() -> None:
    assert await kept("++++", "++++") == ["....", "...."]
