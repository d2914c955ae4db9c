"""What operators are told of the relay: by `kohtaamo check`, and by the node's health."""

from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession

from server.app import build_app
from server.commands.check import check
from server.front import listening_socket, served
from server.health import UNDER_WATCH
from server.house import House, open_house
from server.settings import Mode, Settings
from tests.contracts.databases import migrate_aside
from tests.instances.coturn import Turn


def house(folder: Path, turn: Turn, *, console: str, users: Path | None = None) -> House:
    migrate_aside(f"sqlite:///{folder}/kohtaamo.sqlite3")
    return open_house(
        Settings(
            mode=Mode.DEMO,
            secret="s" * 32,
            data=folder,
            turn_urls=turn.urls,
            turn_secret=turn.secret,
            turn_console=(console,),
            turn_users=users,
        )
    )


async def test_check_says_whether_access_can_be_ended(
    tmp_path: Path,
    coturn_with_users: Turn,
    free_port: Callable[[], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    turn = coturn_with_users
    for console, users, said in (
        (turn.console, None, "ok: consoles let us in\n"),
        (turn.console, turn.database, "ok: consoles let us in, and the users can be written"),
        (
            turn.console,
            tmp_path / "none" / "users",
            "not sound: the TURN server's user database cannot be used",
        ),
        (f"telnet://:guessed@127.0.0.1:{turn.console_port}", None, "refused the password"),
        (f"telnet://:x@127.0.0.1:{free_port()}", None, "is away"),
    ):
        await check(house(tmp_path, turn, console=console, users=users))

        [line] = [line for line in capsys.readouterr().out.splitlines(True) if line.startswith("TURN access")]
        assert said in line
        assert "guessed" not in line


async def test_health_names_a_relay_that_takes_no_orders_and_stays_ready(
    tmp_path: Path, coturn: Turn, free_port: Callable[[], int]
) -> None:
    made = house(tmp_path, coturn, console=f"telnet://:x@127.0.0.1:{free_port()}")
    app, listening = build_app(made), listening_socket("127.0.0.1", 0)
    turn = app[UNDER_WATCH].turn

    async with served(app, listening), ClientSession() as client:
        turn.revoke("somebody")
        while turn.trouble is None:
            answer = await client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/health/ready")
        answer = await client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/health/ready")
        told = await answer.json()
    await made.units.close()

    assert told["hampered"] == ["turn"]
    assert "turn" not in told["failing"]
