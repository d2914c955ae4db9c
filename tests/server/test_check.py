"""`kohtaamo check` looks at everything, whatever it finds first."""

from pathlib import Path

import pytest

from server.commands.check import CHECKS, check
from server.house import open_house
from server.settings import Mode, Settings


async def test_without_a_database_everything_else_is_told_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(Settings(mode=Mode.DEMO, secret="s" * 32, data=tmp_path))

    status = await check(house)

    lines = capsys.readouterr().out.splitlines()
    told = {line[:16].strip(): line[17:] for line in lines}
    assert (status, list(told)) == (1, list(CHECKS))
    assert "run `kohtaamo migrate`" in told["database"]
    for name in ("letters", "relayed meetings", "background work"):
        assert told[name] == "not sound: it cannot be seen without the database"
