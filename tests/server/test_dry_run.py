"""`kohtaamo dry-run` tells the days to come, and names nobody."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from booking.appointment import Customer
from booking.letter import Channel
from booking.reserve import Wish, reserve
from booking.sending import Hitch, Trouble
from server.cli import kohtaamo
from server.commands.dry_run import warnings
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import ILMARI, MORTGAGE
from server.sealing import Sealer
from tests.web.demo_database import demo_database

SECRET = b"only for tests, 32 bytes or more"
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
AINO = Customer(name="Aino Virtanen", email="aino@example.org", phone="+358401234567", reached_by="both")


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's people, with a booking for tomorrow at noon whose news has not left, and a turned clock."""
    database = tmp_path / "kohtaamo.sqlite3"
    database.write_bytes(demo_database(SECRET))
    asyncio.run(_books(database))
    clock = tmp_path / "clock"
    clock.write_text(str((NOON - timedelta(hours=25) - datetime.now(UTC)).total_seconds()))
    for name, value in {"MODE": "demo", "DATA": str(tmp_path), "CLOCK_FILE": str(clock)}.items():
        monkeypatch.setenv(f"KOHTAAMO_{name}", value)
    return tmp_path


async def _books(database: Path) -> None:
    units = SqlUnits(open_engines(f"sqlite:///{database}"), Sealer(SECRET))
    wish = Wish(offering_id=MORTGAGE, start=NOON, customer=AINO, adviser_id=ILMARI)
    async with units.write() as unit:
        await reserve(unit, wish, now=NOON - timedelta(days=2))
    await units.close()


def dry_run(*arguments: str) -> Result:
    return CliRunner().invoke(kohtaamo, ["dry-run", *arguments])


def test_each_line_tells_when_what_and_about_which_time(installation: Path) -> None:
    told = dry_run("--days", "2")

    adviser = UUID(str(ILMARI)).hex[:8]
    about = f"2026-11-24T12:00+02:00  adviser {adviser}"
    assert told.exit_code == 0, told.output
    [*lines, _, _, total] = told.output.splitlines()
    assert lines[2:] == [
        f"2026-11-23T12:00+02:00  letter  one_day             mail  {about}",
        f"2026-11-23T12:00+02:00  letter  one_day             sms   {about}",
        f"2026-11-24T11:45+02:00  door    door                      {about}",
        f"2026-11-24T11:45+02:00  letter  fifteen_minutes     mail  {about}",
        f"2026-11-24T11:45+02:00  letter  fifteen_minutes     sms   {about}",
        f"2026-11-24T12:55+02:00  release closing                   {about}",
    ]
    assert [line.split()[2] for line in lines[:2]] == ["booked", "booked"]
    assert total == "2 days: 6 letters, 1 door, 1 release"


def test_letters_that_nobody_sends_are_told_before_the_sum(installation: Path) -> None:
    [*_, mail, sms, _] = dry_run("--days", "2").output.splitlines()

    assert mail == "! mail: 3 letters would wait, nobody has been at work yet (kohtaamo work)"
    assert sms.startswith("! sms: 3 letters would wait")


def test_a_channel_that_is_not_set_up_is_told_by_its_setting() -> None:
    hitch = Hitch(channel=Channel.SMS, trouble=Trouble.NOBODY, letters=1)

    [line] = warnings([hitch], ZoneInfo("Europe/Helsinki"))

    assert line == "! sms: 1 letter cannot leave, nothing is set up that could send (KOHTAAMO_SMS_URL)"


def test_a_rate_that_is_too_low_is_told_with_its_setting_and_the_moments() -> None:
    hitch = Hitch(
        channel=Channel.MAIL,
        trouble=Trouble.SLOW,
        letters=20,
        since=NOON,
        until=NOON + timedelta(minutes=30),
        a_minute=1,
    )

    [line] = warnings([hitch], ZoneInfo("Europe/Helsinki"))

    assert line == (
        "! mail: 20 letters too late at 1 a minute (KOHTAAMO_MAIL_A_MINUTE): "
        "due from 2026-11-24T12:00+02:00 on, the last one's turn comes at 2026-11-24T12:30+02:00"
    )


def test_a_silence_tells_what_leaves_late_and_what_not_at_all(installation: Path) -> None:
    told = dry_run("--days", "2", "--silent", "2026-11-23T11:30/2026-11-24T12:05")

    [*_, total] = told.output.splitlines()
    assert told.output.count("NOT AT ALL") == 4
    assert total.endswith(", 4 letters not at all")


def test_nobody_is_named(installation: Path) -> None:
    told = dry_run("--days", "30").output

    names = ("Aino", "Virtanen", "aino", "4012", "Ilmari", "Seppä", "ilmari")
    assert [word for word in names if word in told] == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("--days", "0"),
        ("--days", "31"),
        ("--days", "1", "--silent", "tomorrow"),
        ("--days", "1", "--silent", "2026-11-24T12:00/2026-11-24T11:00"),
    ],
)
def test_what_makes_no_sense_ends_with_a_sentence_and_status_2(
    installation: Path, wrong: tuple[str, ...]
) -> None:
    told = dry_run(*wrong)

    assert (told.exit_code, "Error:" in told.output) == (2, True)
