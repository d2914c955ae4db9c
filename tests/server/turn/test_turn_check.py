"""`kohtaamo turn-check` passes the relay that we ship, and names what is wrong with others."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.commands.turn_check import turn_check
from server.settings import BadSettings, Mode, Settings
from server.turn.reserved import RESERVED
from tests.instances.coturn import SECRET, Turn, running_turn
from tests.instances.ports import free_port
from tests.server.turn.shipped import Shipped, shipped_relay

SENT_ANYWHERE = {"0.0.0.1", "224.0.0.1", "255.255.255.255", "::", "ff02::1"}
"""What coturn refuses by itself, told of no range."""


@pytest.fixture
async def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shipped]:
    async with shipped_relay(tmp_path) as relay:
        monkeypatch.setenv("SSL_CERT_FILE", str(relay.authority))
        yield relay


def now() -> datetime:
    return datetime.now(UTC)


def settings(*urls: str, secret: str = SECRET) -> Settings:
    return Settings(mode=Mode.DEMO, secret="s" * 32, turn_urls=urls, turn_secret=secret)


def told(output: str) -> list[str]:
    return [line.strip() for line in output.splitlines()]


async def test_what_we_ship_leads_nowhere_inside_by_any_of_its_roads(
    shipped: Shipped, capsys: pytest.CaptureFixture[str]
) -> None:
    status = await turn_check(shipped.settings(), now)

    output = capsys.readouterr().out
    refused = re.findall(r"ok +(\S+) \(.*\) +refused \((403|443)\)", output)
    assert (status, told(output)[-1]) == (0, "all is well")
    assert [address for address, _ in refused] == 3 * [place.address for place in RESERVED]
    assert len(re.findall(r"allocation 13 of one user +refused \(486\), after 12", output)) == 3
    assert len(re.findall(r"(?:forged|expired) credentials +refused \(401\)", output)) == 6
    assert len(re.findall(r"relaying TCP onwards +refused", output)) == 2


async def test_a_relay_that_denies_nothing_is_named_with_each_address_and_what_to_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = ("use-auth-secret", f"static-auth-secret={SECRET}", "relay-ip=::1")
    async with running_turn(*lines) as turn:
        status = await turn_check(settings(turn.urls[1]), now)

    output = capsys.readouterr().out
    named = re.findall(
        r"not sound +(\S+) .*LET THROUGH: .*denied-peer-ip=(\S+?);?(?: |$)", output, re.MULTILINE
    )
    open_ones = [place for place in RESERVED if place.address not in SENT_ANYWHERE]
    assert status == 1
    assert named == [(place.address, place.span) for place in open_ones]
    assert "LET IN: set user-quota=12" in output
    assert "LET IN: set no-tcp-relay" in output
    assert told(output)[-1] == f"{len(open_ones) + 2} to mend"


async def test_whom_it_let_in_for_the_trial_is_put_out_again(shipped: Shipped) -> None:
    await turn_check(shipped.settings(shipped.urls[0]), now)

    with closing(sqlite3.connect(shipped.folder / "users")) as database:
        assert database.execute("SELECT name FROM turnusers_lt").fetchall() == []


async def test_a_relay_that_leads_nowhere_at_all_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Coturn takes a range that begins at `::` for one that begins anywhere."""
    lines = ("use-auth-secret", f"static-auth-secret={SECRET}", "denied-peer-ip=::-::1")
    async with running_turn(*lines) as turn:
        status = await turn_check(settings(turn.urls[0]), now)

    assert status == 1
    assert re.search(r"not sound +9\.9\.9\.9 .* refused \(403\)", capsys.readouterr().out)


async def test_a_certificate_that_browsers_refuse_is_told(
    shipped: Shipped, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    status = await turn_check(shipped.settings(shipped.urls[2]), now)

    assert status == 1
    assert "its certificate is refused" in capsys.readouterr().out


async def test_credentials_that_open_nothing_are_told(
    coturn: Turn, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong_secret = await turn_check(settings(coturn.urls[0], secret="another"), now)
    slow_clock = await turn_check(settings(coturn.urls[0]), lambda: now() - timedelta(minutes=5))

    lines = told(capsys.readouterr().out)
    assert (wrong_secret, slow_clock) == (1, 1)
    assert sum("a participant's credentials" in line and "refused (401)" in line for line in lines) == 2


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_a_relay_that_is_away_is_told(transport: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = await turn_check(settings(f"turn:127.0.0.1:{free_port()}?transport={transport}"), now)

    [_, line, last] = told(capsys.readouterr().out)
    assert (status, last) == (1, "1 to mend")
    assert line.startswith("not sound the way there")


async def test_without_an_address_there_is_nothing_to_try() -> None:
    with pytest.raises(BadSettings, match="KOHTAAMO_TURN_URLS"):
        await turn_check(Settings(mode=Mode.DEMO, secret="s" * 32), now)
