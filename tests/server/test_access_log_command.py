"""`kohtaamo access-log` says where the log was changed, and gives one customer their part of it."""

import asyncio
import csv
import io
import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from identity.look import Look, Thing, Viewer
from server.cli import kohtaamo
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import ILMARI
from server.sealing import Sealer
from tests.web.demo_database import demo_database
from tests.web.house import NOW

SECRET = b"only for tests, 32 bytes or more"
AINOS, KULLERVOS = uuid4(), uuid4()
REASON = "=opening, an account"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's people, and four looks that are chained: three at Aino's, one at Kullervo's."""
    (tmp_path / "kohtaamo.sqlite3").write_bytes(demo_database(SECRET))
    asyncio.run(look_and_chain(tmp_path))
    for name, value in {"MODE": "demo", "DATA": str(tmp_path), "SECRET": SECRET.decode()}.items():
        monkeypatch.setenv(f"KOHTAAMO_{name}", value)
    return tmp_path


async def look_and_chain(folder: Path) -> None:
    units = SqlUnits(open_engines(f"sqlite:///{folder / 'kohtaamo.sqlite3'}"), Sealer(SECRET))
    async with units.write() as unit:
        for number, whose in enumerate((AINOS, AINOS, KULLERVOS, AINOS)):
            await unit.access_log.add([look(whose, number)])
        await unit.access_chain.go_on()
    await units.close()


def look(appointment_id: UUID, number: int) -> Look:
    return Look(
        at=NOW + timedelta(minutes=number),
        viewer=Viewer.STAFF,
        by=ILMARI,
        thing=Thing.APPOINTMENT,
        thing_id=appointment_id,
        purpose="POST /desk/appointments/{appointment_id}/identity",
        reason=REASON if number == 1 else "",
        appointment_id=appointment_id,
    )


def access_log(*words: str) -> Result:
    return CliRunner().invoke(kohtaamo, ["access-log", *words])


def changed(folder: Path, statement: str) -> None:
    """Write into the database as somebody does who may, without the triggers."""
    connection = sqlite3.connect(folder / "kohtaamo.sqlite3")
    for trigger in ("looks_stay", "looks_stay_as_they_are"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_log_that_nobody_changed_is_whole_and_tells_its_head(installation: Path) -> None:
    told = access_log("verify")

    whole, head = told.output.splitlines()
    assert (told.exit_code, whole) == (0, "whole: 4 looks")
    assert access_log("verify", "--head", head.removeprefix("head ")).exit_code == 0
    assert access_log("verify", "--head", "4:" + "00" * 32).exit_code == 1
    assert access_log("verify", "--head", "nonsense").exit_code == 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE access_log SET reason = 'none' WHERE place = 2", "the look at place 2 is not what was"),
        ("DELETE FROM access_log WHERE place = 3", "the look at place 3 is missing"),
        ("DELETE FROM access_log WHERE place = 4", "the looks from place 4 on are missing"),
        ("UPDATE access_log_head SET seal = x'00'", "the head at place 4 was not written by this"),
    ],
)
def test_the_first_place_that_is_wrong_is_told(installation: Path, statement: str, said: str) -> None:
    changed(installation, statement)

    told = access_log("verify")

    assert told.exit_code == 1
    assert told.output.startswith(f"broken: {said}")


def test_one_customers_part_names_nobody_elses_and_is_itself_written_down(installation: Path) -> None:
    told = access_log("export", "--appointment", str(AINOS), "--language", "en")

    rows = list(csv.DictReader(io.StringIO(told.output.lstrip("\ufeff"))))
    assert [(row["who"], row["what"], row["reason"]) for row in rows] == [
        ("Ilmari Seppä", "Appointment", ""),
        ("Ilmari Seppä", "Appointment", f"'{REASON}"),
        ("Ilmari Seppä", "Appointment", ""),
        ("The operator of the service", "Access log", ""),
    ]
    assert rows[0]["why"] == "Reading the personal identity code"
    assert str(KULLERVOS) not in told.output

    again = json.loads(access_log("export", "--appointment", str(KULLERVOS), "--format", "json").output)
    assert [one["what"] for one in again["looks"]] == ["Varattu aika", "Käyttöloki"]
    assert access_log("export").exit_code == 2
