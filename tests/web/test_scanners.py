"""What opens every link of a letter before its reader does, and presses no button, changes nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from server.notify.wording import WORDINGS
from tests.web.face_house import SOON, FaceHouse, face_house

AGENTS = (
    "Mozilla/5.0 (compatible; Microsoft Safe Links)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 BingPreview/1.0b",
    "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
    "Barracuda Sentinel (EE)",
    "Mimecast URL Protect",
    "Mozilla/5.0 (compatible; GoogleImageProxy)",
    "Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Cisco Secure Email Threat Defense",
    "Trend Micro WTP Add-On",
    "Sophos Email Time-of-Click Protection",
    "F-Secure Elements URL scanner",
    "python-requests/2.32",
    "curl/8.5.0",
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def state(house: FaceHouse) -> list[object]:
    """Return all that a link could change: appointments, their histories, and the letters due."""
    booked = await house.booked()
    async with house.units.read() as unit:
        letters = await unit.outbox.counts()
    return [letters, *[(one, await house.history(one.id)) for one in booked]]


async def test_scanners_that_open_each_link_of_a_letter_change_nothing_and_a_button_does(
    house: FaceHouse,
) -> None:
    appointment, token = await house.books()
    paths = {action.path for wording in WORDINGS.values() for action in wording.actions} - {"/decline"}
    house.now = SOON - timedelta(minutes=5)  # the door is open as well
    scanner, before = house.browser(), await state(house)

    for agent in AGENTS:  # HEAD and prefetch of every route: tests/web/rights/test_reading.py
        for path in sorted(paths):
            address, by = f"{house.origin}/a/{token}{path}", {"User-Agent": agent}
            async with scanner.client.get(address, headers=by) as answer:
                assert answer.status == 200, (agent, path)
    assert await state(house) == before
    aino, place = house.browser(), f"/a/{token}/confirm"
    await aino.sends(await aino.opens(place), place)

    assert await house.kinds(appointment.id) == ["booked", "confirmed"]
