"""The demo's start and outbox, which production does not have."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from pathlib import Path

from server.database.demo_letters import DemoLetter
from tests.web.face_house import face_house
from web.pages.demo import AS_PAGES

LETTER = DemoLetter(
    message_id="<1@localhost>",
    channel="mail",
    to="aino@example.com",
    subject="Your appointment",
    text="Come in <here>",
    at=datetime(2026, 11, 23, 10, tzinfo=UTC),
    links=(("Come in", "http://localhost/a/token/door"),),
)


async def test_outbox_tells_every_letter_to_people_and_programs(tmp_path: Path) -> None:
    async with face_house(tmp_path) as house:
        async with house.units.write() as unit:
            await unit.demo_letters.add(LETTER)
        browser = house.browser()

        page = await browser.opens("/demo/outbox")
        async with browser.client.get(f"{house.origin}/demo/outbox.json") as answer:
            told = await answer.json()

    assert "Come in &lt;here&gt;" in page.text
    assert told == [
        {
            "channel": "mail",
            "to": "aino@example.com",
            "subject": "Your appointment",
            "text": "Come in <here>",
            "at": "2026-11-23T10:00:00Z",
            "links": ["http://localhost/a/token/door"],
        }
    ]


async def test_the_newest_letters_are_shown_as_they_would_arrive_and_run_nothing(tmp_path: Path) -> None:
    html = '<p style="color: #012345">Come <b>in</b></p><script>x</script>'
    async with face_house(tmp_path) as house:
        async with house.units.write() as unit:
            for number in range(AS_PAGES + 2):
                letter = replace(LETTER, message_id=f"<{number}@localhost>", html=html)
                await unit.demo_letters.add(letter)
        page = await house.browser().opens("/demo/outbox")

    frames = re.findall(r'<iframe[^>]*sandbox=""[^>]*srcdoc="([^"]*)"', page.text)
    assert [unescape(frame) for frame in frames] == [html] * AS_PAGES
    allowed = b64encode(sha256(b"color: #012345").digest()).decode()
    assert f"'unsafe-hashes' 'sha256-{allowed}'" in page.headers["Content-Security-Policy"]


async def test_start_page_leads_to_all_three(tmp_path: Path) -> None:
    async with face_house(tmp_path) as house:
        page = await house.browser().opens("/demo")

    assert [link in page.text for link in ('href="/"', "next=/desk", "next=/admin")] == [True] * 3


async def test_production_has_nothing_of_it(tmp_path: Path) -> None:
    async with face_house(tmp_path, is_demo=False) as house:
        paths = ("/demo", "/demo/outbox", "/demo/outbox.json")
        found = [(await house.browser().opens(path)).status for path in paths]

    assert found == [404, 404, 404]
