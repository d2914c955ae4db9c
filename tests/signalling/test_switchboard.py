"""Lines, restarts and the log: what the switchboard adds to a meeting."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from signalling.errors import NotAdmitted
from signalling.happening import Happened
from signalling.meeting import LINGER
from signalling.participant import Participant
from signalling.ports import State
from signalling.request import Admit, Describe, End, Leave, Mute, Ready, Request, Say
from signalling.switchboard import Switchboard
from tests.signalling.people import AINO, APPOINTMENT, ILMARI, NOW, TURN


@dataclass(slots=True)
class Line:
    """A browser that keeps what it was sent."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None

    def send(self, text: str) -> None:
        self.frames.append(json.loads(text))

    def close(self, code: int) -> None:
        self.code = code

    @property
    def types(self) -> list[str]:
        return [frame["type"] for frame in self.frames]


@dataclass(slots=True)
class Log:
    """A log in memory; while `is_down` it refuses to write."""

    facts: list[str] = field(default_factory=list)
    state: State | None = None
    is_down: bool = False

    async def record(self, appointment_id: UUID, happened: Sequence[Happened], state: State | None) -> None:
        if self.is_down:
            raise ConnectionError
        self.facts += [each.what.value for each in happened]
        self.state = json.loads(json.dumps(state)) if state is not None else self.state

    async def load(self, appointment_id: UUID) -> State | None:
        return self.state


@dataclass(slots=True)
class Node:
    """A server that can be restarted over the same log."""

    log: Log = field(default_factory=Log)
    switchboard: Switchboard = field(init=False)
    lines: dict[UUID, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self) -> None:
        self.switchboard, self.lines = Switchboard(self.log, TURN), {}

    async def opens(self, who: Participant, visit: str = "page") -> Line:
        line = self.lines[who.id] = Line()
        await self.switchboard.arrive(APPOINTMENT, who, visit, line, now=NOW)
        return line

    async def says(self, who: Participant, request: Request) -> None:
        await self.switchboard.receive(APPOINTMENT, who.id, request, self.lines[who.id], now=NOW)


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

    node.switchboard.drop(APPOINTMENT, AINO.id, first, now=NOW)
    await node.says(ILMARI, Mute(audio=True, video=False))

    assert node.lines[AINO.id].types[-1] == "mute"
    with pytest.raises(NotAdmitted):
        await node.switchboard.receive(APPOINTMENT, AINO.id, Leave(), first, now=NOW)


async def test_who_stays_away_is_reported_gone_after_a_while() -> None:
    node = await meeting()
    node.switchboard.drop(APPOINTMENT, AINO.id, node.lines[AINO.id], now=NOW)

    await node.switchboard.tick(now=NOW + LINGER - timedelta(seconds=1))
    before = node.lines[ILMARI.id].types[-1]
    await node.switchboard.tick(now=NOW + LINGER)

    assert (before, node.lines[ILMARI.id].types[-1]) == ("peer", "gone")
    assert node.log.facts[-1] == "left"


async def test_closing_server_asks_all_to_come_back() -> None:
    node = await meeting()

    node.switchboard.close()

    assert [(line.frames[-1]["reason"], line.code) for line in node.lines.values()] == [("restart", 1012)] * 2


async def test_description_with_which_an_identification_falls_is_written_down() -> None:
    node = await meeting()
    sdp = "v=0\r\na=fingerprint:sha-256 A5\r\n"

    await node.says(AINO, Describe(ILMARI.id, {"type": "offer", "sdp": sdp}))

    assert node.log.facts[-1] == "identification_lost"
    assert node.lines[ILMARI.id].types[-2:] == ["proof", "description"]
    assert node.log.state is not None
    assert "description" in json.dumps(node.log.state)
