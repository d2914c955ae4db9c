"""What search engines are asked to leave alone."""

from pathlib import Path

from aiohttp import ClientSession

from tests.web.meeting_house import meeting_house


async def test_no_personal_link_is_to_be_found_by_searching(tmp_path: Path) -> None:
    async with (
        meeting_house(tmp_path) as house,
        ClientSession(f"http://localhost:{house.port}") as client,
        client.get("/robots.txt") as answer,
    ):
        hidden = {line.removeprefix("Disallow: ") for line in (await answer.text()).splitlines()[1:]}

    assert hidden == {
        "/a/", "/c/", "/g/", "/h/", "/i/", "/o/", "/calendar/", "/first-admin/", "/desk", "/admin", "/api/"
    }  # fmt: skip
