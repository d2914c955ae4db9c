"""When the meeting's page is drawn: the browser's own rule, run by node as it stands.

Timers of one loop fire in the order of their moments, however slow the machine is.
"""

import pytest

from tests.instances.node import printed, script_address

SCRIPT = """
const {{ Drawing }} = await import({module});
const seen = [];
const drawing = new Drawing(() => seen.push("drawn"));
const at = (ms, said) => setTimeout(() => seen.push(said), ms);
{steps}
setTimeout(() => console.log(JSON.stringify(seen)), 1_000);
"""


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        ('drawing.soon(); drawing.soon(); at(100, "early"); at(300, "late");', ["early", "drawn", "late"]),
        ('drawing.giveWay(); drawing.soon(); at(300, "calm"); at(700, "late");', ["calm", "drawn", "late"]),
        ('drawing.giveWay(); drawing.soon(); drawing.goOn(); at(100, "late");', ["drawn", "late"]),
        ('drawing.soon(); drawing.giveWay(); drawing.soon(); at(300, "calm");', ["calm", "drawn"]),
        ("drawing.giveWay(); drawing.goOn();", []),
        ("drawing.soon(); drawing.disconnect(); drawing.goOn();", []),
    ],
    ids=[
        "soon and once",
        "late beside a connection",
        "at once when it stands",
        "late though it was to be soon",
        "nothing when nothing changed",
        "never again",
    ],
)
async def test_page_gives_way_to_a_connection(steps: str, seen: list[str]) -> None:
    assert await printed(SCRIPT.format(module=script_address("meeting/drawing.js"), steps=steps)) == seen
