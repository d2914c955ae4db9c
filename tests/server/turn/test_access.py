"""What ends for somebody ends at the TURN server within five seconds; timed against a real coturn."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest

from identity.end_sessions import end_sessions
from server.database.turn_users import TurnUsers
from server.demo_data import ILMARI
from server.turn.access import TurnAccess
from server.turn.console import Console
from signalling.ice import IceServer
from tests.instances.coturn import Turn
from tests.server.turn.people import UNKNOWN, asks_anew, policy, sender
from tests.web.house import NOW
from tests.web.meeting_house import Browser, MeetingHouse, meeting_house

SOON_SECONDS = 5
WAYS = ("the session ends", "the meeting ends", "the seat is given back")


def access(turn: Turn, *, has_users: bool, clock: Callable[[], datetime] = lambda: NOW) -> TurnAccess:
    users = TurnUsers(turn.database, turn.realm) if has_users else None
    consoles = (Console.at(turn.console),)
    return TurnAccess(clock=clock, lasts=policy(turn).lasts, consoles=consoles, users=users)


@pytest.mark.parametrize("way", WAYS)
async def test_relay_is_dead_and_shut_when(
    way: str, coturn_with_users: Turn, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    turn = coturn_with_users
    async with _meeting(turn, tmp_path) as (house, ilmari, (_, his)), sender(turn, his) as relayed:
        assert await relayed.carries()
        began = monotonic()

        await _end(way, house, ilmari)

        await relayed.falls_silent(within=SOON_SECONDS)
        took = monotonic() - began
        assert (await asks_anew(turn, his), await relayed.client.refresh()) == (UNKNOWN, UNKNOWN)
    print(f"{way}: relay dead and shut after {took:.2f} s")
    record_property("seconds", round(took, 2))
    assert took < SOON_SECONDS


async def test_customers_relay_goes_on_when_only_the_adviser_is_out(
    coturn_with_users: Turn, tmp_path: Path
) -> None:
    turn = coturn_with_users
    async with (
        _meeting(turn, tmp_path) as (house, ilmari, (hers, his)),
        sender(turn, hers) as her_relay,
        sender(turn, his) as his_relay,
    ):
        await _end("the session ends", house, ilmari)
        await his_relay.falls_silent(within=SOON_SECONDS)

        assert await her_relay.carries()


async def test_without_user_database_what_comes_back_is_cut_again(coturn: Turn) -> None:
    ice, who = policy(coturn), uuid4()
    [server] = ice.servers(who, now=datetime.now(UTC))
    turn = access(coturn, has_users=False, clock=lambda: datetime.now(UTC))

    async with turn.kept(), sender(coturn, server) as first:
        turn.revoke(ice.owner(who))
        await first.falls_silent(within=SOON_SECONDS)

        async with sender(coturn, server) as again:
            assert await again.falls_silent(within=SOON_SECONDS) < SOON_SECONDS


async def test_who_comes_again_is_served(coturn_with_users: Turn) -> None:
    ice, who, now = policy(coturn_with_users), uuid4(), [NOW]
    turn = access(coturn_with_users, has_users=True, clock=lambda: now[0])
    before = ice.servers(who, now=NOW)
    await turn.grant(before)
    turn.revoke(ice.owner(who))
    now[0] += ice.lasts / 2
    after = ice.servers(who, now=now[0])
    await turn.grant(after)

    async with sender(coturn_with_users, before[0]) as old, sender(coturn_with_users, after[0]) as new:
        async with turn.kept():
            await old.falls_silent(within=SOON_SECONDS)

        assert await new.carries()


async def test_expired_credentials_leave_the_user_database(coturn_with_users: Turn) -> None:
    ice = policy(coturn_with_users)
    [server] = ice.servers(uuid4(), now=NOW)
    later = access(coturn_with_users, has_users=True, clock=lambda: NOW + 2 * ice.lasts)
    await later.grant([server])
    assert await asks_anew(coturn_with_users, server) == 0

    assert await later.trouble_now() is None

    assert await asks_anew(coturn_with_users, server) == UNKNOWN


async def test_ending_goes_on_without_a_console_and_is_made_up_for(
    coturn: Turn, free_port: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    ice, who = policy(coturn), uuid4()
    [server] = ice.servers(who, now=datetime.now(UTC))
    turn = access(coturn, has_users=False, clock=lambda: datetime.now(UTC))
    right = turn.consoles
    turn.consoles = (replace(right[0], port=free_port()),)

    async with turn.kept(), sender(coturn, server) as relayed:
        turn.revoke(ice.owner(who))
        while turn.trouble is None:
            assert await relayed.carries()
        assert "is away" in caplog.text
        turn.consoles = right

        await relayed.falls_silent(within=SOON_SECONDS)
    assert turn.trouble is None


async def test_user_database_that_is_away_is_told_and_stops_nobody(coturn: Turn, tmp_path: Path) -> None:
    turn = access(coturn, has_users=False)
    turn.users = TurnUsers(tmp_path / "no folder" / "users", coturn.realm)

    await turn.grant(policy(coturn).servers(uuid4(), now=NOW))

    assert "user database cannot be used" in (turn.trouble or "")


@asynccontextmanager
async def _meeting(
    turn: Turn, folder: Path
) -> AsyncIterator[tuple[MeetingHouse, Browser, tuple[IceServer, IceServer]]]:
    """Bring Aino and Ilmari to a table; return the house, Ilmari's browser, and what each was given."""
    relay = access(turn, has_users=True)
    async with relay.kept(), meeting_house(folder, ice=policy(turn), relay=relay) as house:
        booked = await house.books()
        aino, ilmari = await house.customer(booked), await house.adviser(booked)
        await ilmari.comes()
        await aino.comes()
        knock = await ilmari.hears_until("knock")
        await ilmari.says("admit", participant=knock["participant"]["id"])
        hers, his = await aino.hears_until("peer"), await ilmari.hears_until("peer")
        yield house, ilmari, (_turn_of(hers), _turn_of(his))


def _turn_of(peer: dict[str, Any]) -> IceServer:
    [server] = peer["ice_servers"]
    return IceServer(tuple(server["urls"]), server["username"], server["credential"])


async def _end(way: str, house: MeetingHouse, ilmari: Browser) -> None:
    if way == "the session ends":
        async with house.units.write() as unit:
            await end_sessions(unit, ILMARI, now=NOW)
    elif way == "the meeting ends":
        await ilmari.says("end")
    else:
        await ilmari.says("leave")
