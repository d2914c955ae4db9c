"""Lines, restarts and the log: what the switchboard adds to a meeting."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from signalling.errors import ClaimedAlready, NotAdmitted
from signalling.happening import Happened
from signalling.meeting import LINGER
from signalling.memory import seats_waiting
from signalling.participant import Participant
from signalling.ports import State
from signalling.request import Admit, End, Leave, Mute, Ready, Request, Say, SendBack
from signalling.sentence import Sentence
from signalling.switchboard import Switchboard
from signalling.waiting_line import BEAT
from tests.memory.relay import MemoryRelay
from tests.signalling.people import AINO, APPOINTMENT, ILMARI, LOUHI, NOW, TURN, offer


@dataclass(slots=True)
class Line:
    """A browser that keeps what it was sent."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None

    def send(self, frame: bytes) -> None:
        self.frames.append(json.loads(frame))

    def close(self, code: int) -> None:
        self.code = code

    @property
    def types(self) -> list[str]:
        return [frame["type"] for frame in self.frames]


@dataclass(slots=True)
class Log:
    """A log in memory; while `is_down` it refuses to write, and while `held` it takes its time."""

    facts: list[str] = field(default_factory=list)
    state: State | None = None
    is_down: bool = False
    held: asyncio.Event | None = None
    meanwhile: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)
    claimed_by: UUID | None = None
    others: int = 0
    is_relayed: bool | None = None
    beats: list[tuple[list[UUID], dict[UUID, UUID]]] = field(default_factory=list)

    async def record(
        self, appointment_id: UUID, happened: Sequence[Happened], state: State | None, *, now: datetime
    ) -> None:
        if self.is_down:
            raise ConnectionError
        if self.held:
            await self.held.wait()
        self.facts += [each.what.value for each in happened]
        self.state = json.loads(json.dumps(state)) if state is not None else self.state

    async def load(self, appointment_id: UUID) -> State | None:
        return self.state

    async def relays(self, appointment_id: UUID) -> bool | None:
        return self.is_relayed

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        self.claimed_by = self.claimed_by or adviser_id
        return self.claimed_by == adviser_id

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        self.beats.append((list(appointment_ids), dict(advisers)))
        await self.meanwhile()

    async def ahead(self, came: Mapping[UUID, datetime], *, now: datetime) -> Mapping[UUID, int]:
        return dict.fromkeys(came, self.others)


@dataclass(slots=True)
class Node:
    """A server that can be restarted over the same log."""

    log: Log = field(default_factory=Log)
    relay: MemoryRelay = field(default_factory=MemoryRelay)
    switchboard: Switchboard = field(init=False)
    lines: dict[UUID, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self) -> None:
        self.switchboard, self.lines = Switchboard(self.log, TURN, self.relay), {}

    async def opens(self, who: Participant, visit: str = "page") -> Line:
        line = self.lines[who.id] = Line()
        await self.switchboard.arrive(APPOINTMENT, who, visit, line, now=NOW)
        return line

    async def says(self, who: Participant, request: Request) -> None:
        await self.switchboard.receive(APPOINTMENT, who.id, request, self.lines[who.id], now=NOW)

    def waiting_since(self) -> list[str | None]:
        """Return for each who waits, since when their line is written down as lost."""
        return [seat["away_since"] for seat in seats_waiting(self.log.state or {})]


async def meeting() -> Node:
    node = Node()
    await node.opens(ILMARI)
    await node.opens(AINO)
    await node.says(AINO, Ready(audio=True, video=True))
    await node.says(ILMARI, Admit(AINO.id))
    return node


async def test_facts_of_a_meeting_are_written_in_their_order() -> None:
    node = await meeting()
    await node.says(ILMARI, End())

    assert node.log.facts == ["adviser_ready", "ready", "admitted", "ended"]
    assert node.lines[AINO.id].code == 4000


@pytest.mark.parametrize("is_relayed", [True, False, None])
async def test_a_meeting_is_relayed_as_it_is_told_and_else_as_the_operator_says(
    is_relayed: bool | None,
) -> None:
    node = Node(log=Log(is_relayed=is_relayed))
    await node.opens(ILMARI)

    [admitted] = [frame for frame in node.lines[ILMARI.id].frames if frame["type"] == "admitted"]

    assert admitted["relay_only"] is (TURN.is_relay_only if is_relayed is None else is_relayed)


async def test_restart_sends_nobody_to_the_waiting_room_and_loses_no_text() -> None:
    node = await meeting()
    await node.says(ILMARI, Say("1", "hello"))
    node.restarts()

    aino = await node.opens(AINO)
    ilmari = await node.opens(ILMARI)

    assert (aino.types, ilmari.types) == (["admitted", "peer"], ["admitted", "peer"])
    assert [text["text"] for text in aino.frames[0]["texts"]] == ["hello"]


async def test_ended_meeting_leaves_no_name_and_no_text_behind() -> None:
    node = await meeting()
    await node.says(ILMARI, Say("1", "hello"))
    assert "hello" in json.dumps(node.log.state)

    await node.says(ILMARI, End())

    assert node.log.state == {"over": True}


async def test_admission_that_could_not_be_written_is_not_told() -> None:
    node = Node()
    await node.opens(ILMARI)
    aino = await node.opens(AINO)
    node.log.is_down = True

    with pytest.raises(ConnectionError):
        await node.says(ILMARI, Admit(AINO.id))

    assert aino.types == ["waiting"]


async def test_second_window_of_the_same_person_replaces_the_first() -> None:
    node = await meeting()
    first = node.lines[AINO.id]

    second = await node.opens(AINO, "another page")

    assert (first.frames[-1], first.code) == ({"type": "bye", "reason": "replaced"}, 4001)
    assert second.types == ["admitted", "peer"]


async def test_replaced_window_is_not_heard_and_its_end_disturbs_nobody() -> None:
    node = await meeting()
    first = node.lines[AINO.id]
    await node.opens(AINO, "another page")

    await node.switchboard.drop(APPOINTMENT, AINO.id, first, now=NOW)
    await node.says(ILMARI, Mute(audio=True, video=False))

    assert node.lines[AINO.id].types[-1] == "mute"
    with pytest.raises(NotAdmitted):
        await node.switchboard.receive(APPOINTMENT, AINO.id, Leave(), first, now=NOW)


async def test_who_stays_away_is_reported_gone_after_a_while() -> None:
    node = await meeting()
    await node.switchboard.drop(APPOINTMENT, AINO.id, node.lines[AINO.id], now=NOW)

    await node.switchboard.tick(now=NOW + LINGER - timedelta(seconds=1))
    before = node.lines[ILMARI.id].types[-1]
    await node.switchboard.tick(now=NOW + LINGER)

    assert (before, node.lines[ILMARI.id].types[-1]) == ("away", "gone")
    assert node.log.facts[-1] == "left"


async def test_closing_server_asks_all_to_come_back() -> None:
    node = await meeting()

    node.switchboard.close()

    assert [(line.frames[-1]["reason"], line.code) for line in node.lines.values()] == [("restart", 1012)] * 2


async def test_description_with_which_an_identification_falls_is_written_down() -> None:
    node = await meeting()

    await node.says(AINO, offer(ILMARI, "a=fingerprint:sha-256 " + ":".join(["A5"] * 32)))

    assert node.log.facts[-1] == "identification_lost"
    assert node.lines[ILMARI.id].types[-2:] == ["proof", "description"]
    assert node.log.state is not None
    assert "description" in json.dumps(node.log.state)


async def test_who_lets_somebody_in_claims_them_first() -> None:
    node = Node()
    await node.opens(ILMARI)
    aino = await node.opens(AINO)
    node.log.claimed_by = LOUHI.id

    with pytest.raises(ClaimedAlready):
        await node.says(ILMARI, Admit(AINO.id))

    assert aino.types == ["waiting"]


async def test_a_customer_who_asks_to_be_admitted_claims_nothing() -> None:
    node = Node()
    await node.opens(AINO)

    with pytest.raises(NotAdmitted):
        await node.says(AINO, Admit(AINO.id))

    assert node.log.claimed_by is None


async def test_those_who_wait_at_other_appointments_count_from_the_first_moment() -> None:
    node = Node()
    node.log.others = 2

    aino = await node.opens(AINO)

    assert aino.frames[0]["place"] == 3


async def test_a_place_is_told_again_when_others_were_let_in() -> None:
    node = Node()
    node.log.others = 2
    aino = await node.opens(AINO)
    node.log.others = 1

    await node.switchboard.tick(now=NOW)

    assert [frame["place"] for frame in aino.frames] == [3, 2]


async def test_the_line_is_felt_every_ten_seconds_and_not_for_who_is_away() -> None:
    node = Node()
    await node.opens(ILMARI)
    await node.opens(AINO)

    await node.switchboard.tick(now=NOW)
    await node.switchboard.tick(now=NOW + BEAT / 2)
    await node.switchboard.drop(APPOINTMENT, AINO.id, node.lines[AINO.id], now=NOW + BEAT / 2)
    await node.switchboard.tick(now=NOW + BEAT)

    assert node.log.beats == [([APPOINTMENT], {APPOINTMENT: ILMARI.id}), ([], {APPOINTMENT: ILMARI.id})]


async def test_a_lost_line_of_who_waits_is_written_down_at_once_and_so_is_its_return() -> None:
    node = Node()
    await node.opens(AINO)

    await node.switchboard.drop(APPOINTMENT, AINO.id, node.lines[AINO.id], now=NOW)
    lost = node.waiting_since()
    await node.opens(AINO)

    assert (lost, node.waiting_since()) == ([NOW.isoformat()], [None])


async def test_who_comes_back_while_the_loss_is_written_is_there() -> None:
    node = Node()
    first = await node.opens(AINO)
    writing = node.log.held = asyncio.Event()

    dropping = asyncio.create_task(node.switchboard.drop(APPOINTMENT, AINO.id, first, now=NOW))
    coming = asyncio.create_task(node.opens(AINO))
    await asyncio.sleep(0)
    writing.set()
    await asyncio.gather(dropping, coming)

    assert node.waiting_since() == [None]


async def test_a_sentence_from_the_desk_reaches_who_waits_without_an_adviser_in_the_meeting() -> None:
    node = Node()
    aino = await node.opens(AINO)

    await node.switchboard.tell_waiting(APPOINTMENT, Sentence.IN_A_MOMENT, now=NOW)

    assert aino.frames[-1]["said"]["sentence"] == "in_a_moment"


async def test_who_is_told_credentials_may_use_them_before() -> None:
    node = await meeting()

    told = [server["username"] for who in (ILMARI, AINO) for server in peer_of(node, who)["ice_servers"]]

    assert sorted(told) == sorted(node.relay.granted)
    assert node.relay.revoked == []


@pytest.mark.parametrize(
    ("way", "gone"),
    [
        ("the customer leaves", (AINO,)),
        ("the adviser ends", (AINO, ILMARI)),
        ("signs out", (ILMARI,)),
        ("she is sent back", (AINO,)),
    ],
)
async def test_credentials_end_for_whom_the_meeting_ends(way: str, gone: tuple[Participant, ...]) -> None:
    node = await meeting()

    if way == "the customer leaves":
        await node.says(AINO, Leave())
    elif way == "the adviser ends":
        await node.says(ILMARI, End())
    elif way == "she is sent back":
        await node.says(ILMARI, SendBack(AINO.id))
    else:
        await node.switchboard.show_out(APPOINTMENT, ILMARI.id, node.lines[ILMARI.id], now=NOW)

    assert sorted(node.relay.revoked) == sorted(TURN.of(APPOINTMENT).owner(who.id) for who in gone)


async def test_credentials_of_who_was_away_over_a_restart_end_when_the_seat_does() -> None:
    node = await meeting()
    node.restarts()
    await node.opens(ILMARI)

    await node.switchboard.tick(now=NOW + LINGER)

    assert node.relay.revoked == [TURN.of(APPOINTMENT).owner(AINO.id)]


def peer_of(node: Node, who: Participant) -> dict[str, Any]:
    return next(frame for frame in node.lines[who.id].frames if frame["type"] == "peer")


async def test_the_last_one_may_be_let_in_while_the_line_is_being_felt() -> None:
    node = Node()
    await node.opens(ILMARI)
    aino = await node.opens(AINO)

    async def lets_in() -> None:
        await node.says(ILMARI, Admit(AINO.id))

    node.log.meanwhile = lets_in

    await node.switchboard.tick(now=NOW)

    assert aino.types[-2:] == ["admitted", "peer"]
