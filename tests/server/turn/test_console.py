"""Orders to coturn's console: only what is over is cut, and a console that is away says why."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from server.turn.console import Console, ConsoleAway
from tests.instances.coturn import Turn
from tests.server.turn.people import policy, sender


async def test_cuts_what_is_over_and_nothing_else(coturn: Turn) -> None:
    ice, aino, ilmari = policy(coturn), uuid4(), uuid4()
    [hers], [his] = (ice.servers(who, now=datetime.now(UTC)) for who in (aino, ilmari))

    async with sender(coturn, hers) as first, sender(coturn, hers) as second, sender(coturn, his) as other:
        await Console.at(coturn.console).cut([ice.owner(aino)], lambda name: name == hers.username)

        assert [await each.carries() for each in (first, second, other)] == [False, False, True]


async def test_leaves_a_younger_user_name_of_the_same_owner(coturn: Turn) -> None:
    ice, aino = policy(coturn), uuid4()
    [server] = ice.servers(aino, now=datetime.now(UTC))

    async with sender(coturn, server) as living:
        await Console.at(coturn.console).cut([ice.owner(aino)], lambda name: name != server.username)

        assert await living.carries()


async def test_wrong_password_is_told(coturn: Turn) -> None:
    with pytest.raises(ConsoleAway, match="refused the password"):
        await Console(host="127.0.0.1", port=coturn.console_port, password="guessed").greet()


async def test_console_that_nobody_opens_is_told(free_port: Callable[[], int]) -> None:
    with pytest.raises(ConsoleAway, match="is away"):
        await Console(host="127.0.0.1", port=free_port(), password="x").greet()


async def test_console_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.turn.console.SECONDS", 0.2)
    hanging = await asyncio.start_server(_says_nothing, "127.0.0.1", 0)
    port = hanging.sockets[0].getsockname()[1]

    async with hanging:
        with pytest.raises(ConsoleAway, match="did not answer in time"):
            await Console(host="127.0.0.1", port=port, password="x").greet()


async def _says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


def test_password_is_not_shown() -> None:
    assert "ess" not in repr(Console.at("telnet://:gu%20ess@turn"))
    assert Console.at("telnet://:gu%20ess@turn").password == "gu ess"
