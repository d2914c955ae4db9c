"""Which parts of a mask are somebody: the compositor's own rule, run by node as it stands."""

import asyncio
import json
import shutil

import pytest

from web.static import STATIC

SCRIPT = """
const {{ islandsKept }} = await import({module});
const rows = {rows};
const alphas = rows.join("").split("").map((cell) => (cell === "#" ? 255 : cell === "+" ? 20 : 0));
console.log(JSON.stringify(Array.from(islandsKept(alphas, rows[0].length))));
"""


async def kept(*rows: str) -> list[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    module = json.dumps((STATIC / "js/picture/islands.js").as_uri())
    process = await asyncio.create_subprocess_exec(
        node,
        "--input-type=module",
        "-e",
        SCRIPT.format(module=module, rows=json.dumps(rows)),
        stdout=asyncio.subprocess.PIPE,
    )
    cells = json.loads((await process.communicate())[0])
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
