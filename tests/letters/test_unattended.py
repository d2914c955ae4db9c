"""Nothing but the product itself keeps letters going, and it says so when they stop."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from server.workers.heartbeat import SILENT_AFTER
from tests.histories.story import slots
from tests.instances.smtp import Mailbox
from tests.journeys.demo_process import Demo, kohtaamo, running_demo

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

AINO = "aino@example.com"
MINUTE = timedelta(minutes=1)


async def test_a_fresh_house_without_cron_sends_a_reminder_that_is_two_minutes_ahead(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    async with running_demo(tmp_path, smtp_url=mailbox.url) as demo:
        key = (await kohtaamo(demo, "api-key", "letters", "--scope", "booking")).split()[-1]
        start = await booked(demo, key)
        await mailbox.until(AINO)  # that it is booked
        demo.turn_clock_to(start - 17 * MINUTE)
        demo.turn_clock(2 * MINUTE)

        mails = await mailbox.until(AINO, 2)

    assert "/door" in mails[1].message.as_string()


async def test_health_names_each_loop_when_the_worker_has_been_silent_for_a_minute(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo:
        at_work = await health(demo.address)

    async with running_demo(tmp_path, command="serve") as demo:
        demo.turn_clock(SILENT_AFTER + timedelta(seconds=1))
        without = await health(demo.address)

    assert at_work == (200, [])
    assert without == (503, ["work", "webhooks", "mail", "sms"])


async def booked(demo: Demo, key: str) -> datetime:
    """Book the first time of the first offering, a day ahead or more; return when it begins."""
    offered = await slots(demo, key)
    offering_id, start = next((one, found[0]["start"]) for one, found in offered.items() if found)
    wish = {"offering_id": offering_id, "start": start, "customer": {"name": "Aino", "email": AINO}}
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        ClientSession(headers=headers) as client,
        client.post(f"{demo.address}/api/v1/appointments", json=wish) as answer,
    ):
        assert answer.status == 201
    return datetime.fromisoformat(start)


async def health(address: str) -> tuple[int, list[str]]:
    async with ClientSession() as client, client.get(f"{address}/health/ready") as answer:
        return answer.status, (await answer.json())["failing"]
