"""Which page both look at: the browser's own rule, run by node as it stands."""

import json
from collections.abc import Sequence

from tests.instances.node import printed, script_address

SHOWN = {"document": "offer", "name": "tarjous.pdf", "pages": 5, "page": 1}
ADMITTED = {"type": "admitted", "you": "ilmari", "role": "adviser", "table": SHOWN}
SCRIPT = """
const {{ Table }} = await import({module});
const sent = [], seen = [];
const table = new Table((said) => sent.push(said), (shown) => seen.push(shown && shown.page));
for (const step of {steps}) typeof step === "number" ? table.turn(step) : table.hear(step);
console.log(JSON.stringify({{ sent: sent.map((said) => said.page), seen, last: seen.at(-1) }}));
"""


def turned(by: str, page: int) -> dict[str, object]:
    return {"type": "page", "from": by, "document": "offer", "page": page}


async def played(steps: Sequence[object]) -> dict[str, object]:
    """Play what is heard (objects) and turned here (numbers)."""
    module = script_address("documents/table.js")
    script = SCRIPT.format(module=module, steps=json.dumps(steps))
    answer: dict[str, object] = await printed(script)
    return answer


async def test_page_turns_here_at_once_and_is_told() -> None:
    answer = await played([ADMITTED, 2])

    assert answer == {"sent": [2], "seen": [1, 2], "last": 2}


async def test_page_does_not_jump_back_while_quick_turns_are_told_back() -> None:
    answer = await played([ADMITTED, 2, 3, turned("ilmari", 2), turned("ilmari", 3)])

    assert answer["seen"] == [1, 2, 3, 3]


async def test_whoever_the_server_tells_last_wins() -> None:
    earlier = await played([ADMITTED, 2, turned("aino", 5), turned("ilmari", 2)])
    later = await played([ADMITTED, 2, turned("ilmari", 2), turned("aino", 5)])

    assert (earlier["last"], later["last"]) == (2, 5)


async def test_there_is_no_page_before_the_first_or_after_the_last() -> None:
    answer = await played([ADMITTED, 0, 6])

    assert answer["sent"] == []


async def test_coming_back_shows_what_lies_on_the_table_now() -> None:
    answer = await played([ADMITTED, 2, ADMITTED | {"table": SHOWN | {"page": 4}}, turned("aino", 5)])

    assert answer["seen"] == [1, 2, 4, 5]


async def test_who_came_besides_looks_on_and_turns_once_the_advisers_seat_is_theirs() -> None:
    besides = ADMITTED | {"role": "colleague"}
    takes_over = {"type": "role", "id": "ilmari", "role": "adviser"}

    answer = await played([besides, 2, turned("aino", 3), takes_over, 4])

    assert answer == {"sent": [4], "seen": [1, 3, 3, 4], "last": 4}


async def test_put_away_document_leaves_an_empty_table() -> None:
    answer = await played([ADMITTED, {"type": "document", "from": "aino", "document": None}])

    assert answer["last"] is None
