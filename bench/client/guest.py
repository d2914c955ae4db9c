"""One person at a meeting without a browser: joins, speaks, shows, writes and leaves (PROTOCOL.md)."""

import asyncio
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, ClientWebSocketResponse, FormData, WSMsgType
from aiortc import (
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.contrib.media import MediaBlackhole
from aiortc.mediastreams import AudioStreamTrack, MediaStreamTrack
from aiortc.sdp import candidate_from_sdp

SUBPROTOCOL = "kohtaamo"
VERSION = 2
PATIENCE_SECONDS = 30
_FIELD = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_DATA = re.compile(r'<script type="application/json" id="page-data">(.*?)</script>', re.DOTALL)
Message = dict[str, Any]


def hello(ticket: str, visit: str, **more: object) -> tuple[str, str]:
    """Return the subprotocols that a handshake offers: the protocol's name, and the hello in base64url."""
    said = {"type": "hello", "version": VERSION, "ticket": ticket, "visit": visit} | more
    return SUBPROTOCOL, urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


class Unexpected(Exception):
    """The server refused something, or said goodbye, while something else was waited for."""


@dataclass(slots=True)
class Guest:
    """A participant; `page` is what the meeting's page knows. `heard` keeps the last message of each type.

    Without media it is one of a load's many, who only send messages.
    """

    http: ClientSession
    address: str
    page: Mapping[str, Any]
    has_media: bool = True
    visit: str = field(default_factory=lambda: str(uuid4()))
    me: str = ""
    peer: str = ""
    heard: dict[str, Message] = field(default_factory=dict)
    texts: list[Message] = field(default_factory=list)
    errors: list[Message] = field(default_factory=list)
    bye: str = ""
    _socket: ClientWebSocketResponse | None = None
    _media: RTCPeerConnection | None = None
    _sink: MediaBlackhole = field(default_factory=MediaBlackhole)
    _reading: asyncio.Task[None] | None = None
    _starting: asyncio.Task[None] | None = None
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def joins(self) -> None:
        """Open the socket and say hello, with the ticket that the page brought or one that is asked for."""
        ticket = self.page.get("entry") or await self._ticket()
        where = f"{self.address}{self.page['socket']}"
        self._socket = await self.http.ws_connect(where, protocols=hello(ticket, self.visit))
        self._reading = asyncio.create_task(self._read())

    async def says(self, kind: str, **fields: object) -> None:
        assert self._socket is not None
        await self._socket.send_json({"type": kind, **fields})

    async def hears(self, kind: str) -> Message:
        """Return the last message of a type, once one has come. Raises TimeoutError, and Unexpected."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            await self._news.wait_for(lambda: not self.heard.keys().isdisjoint({kind, "error", "bye"}))
            if kind not in self.heard:
                raise Unexpected(self.heard.get("error") or self.heard["bye"])
            return self.heard[kind]

    async def admits(self) -> None:
        """Let in who knocks."""
        knock = await self.hears("knock")
        await self.says("admit", participant=knock["participant"]["id"])

    async def speaks(self) -> None:
        """Wait until sound comes from the other side, which is when ours leaves, too."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (await self.packets())[0]:  # noqa: ASYNC110 - no event tells of a first packet
                await asyncio.sleep(0.05)
        await self.says("media", state="connected", failure=None)

    async def packets(self) -> tuple[int, int]:
        """Return how many packets of sound have come, and have left."""
        if self._media is None:
            return 0, 0
        told = (await self._media.getStats()).values()
        come = sum(each.packetsReceived for each in told if each.type == "inbound-rtp")
        return come, sum(each.packetsSent for each in told if each.type == "outbound-rtp")

    async def hands_in(self, name: str, content: bytes) -> str:
        """Hand in a document, and return its id."""
        form = FormData()
        form.add_field("file", content, filename=name)
        where = f"{self.address}{self.page['documents']}"
        headers = {"Accept": "application/json", "X-CSRF-Token": self.page["csrf"]}
        async with self.http.post(where, data=form, headers=headers) as answer:
            answer.raise_for_status()
            return str((await answer.json())["id"])

    async def shows(self, document: str, page: int) -> None:
        """Lay a document on the table and turn to a page of it."""
        await self.says("document", document=document)
        await self.hears("document")
        await self.says("page", document=document, page=page)

    async def sees_page(self) -> bytes:
        """Return the picture of the page that was turned to last."""
        turned = await self.hears("page")
        where = f"{self.address}{self.page['documents']}/{turned['document']}/pages/{turned['page']}"
        async with self.http.get(where) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def writes(self, text: str) -> None:
        await self.says("text", ref=str(uuid4()), text=text)

    async def leaves(self) -> None:
        """Give the seat back, and wait for the goodbye."""
        await self.says("leave")
        await self.hears("bye")
        await self.goes()

    async def goes(self) -> None:
        """Close what is open, said or not."""
        await self._stops_reading()
        await self._hangs_up()
        if self._socket is not None:
            await self._socket.close()
        await self.http.close()

    async def lends_socket(self) -> ClientWebSocketResponse:
        """Read no more, and hand the socket to who sends a load over it."""
        assert self._socket is not None
        await self._stops_reading()
        return self._socket

    async def _stops_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])

    async def _ticket(self) -> str:
        headers = {"Accept": "application/json", "X-CSRF-Token": self.page["csrf"]}
        async with self.http.post(f"{self.address}{self.page['ticket']}", json={}, headers=headers) as answer:
            answer.raise_for_status()
            return str((await answer.json())["ticket"])

    async def _read(self) -> None:
        assert self._socket is not None
        async for frame in self._socket:
            if frame.type is not WSMsgType.TEXT:
                return
            message: Message = json.loads(frame.data)
            await self._takes(message)
            async with self._news:
                self.heard[message["type"]] = message
                self._news.notify_all()

    async def _takes(self, message: Message) -> None:
        match message["type"]:
            case "admitted":
                self.me = message["you"]
                self.texts += message["texts"]
            case "peer" if self.has_media:
                await self._meets(message)
            case "description":
                await self._is_told(message["from"], message["description"])
            case "candidate" if self._media is not None:
                await self._finds(message["candidate"])
            case "waiting" | "gone":
                await self._hangs_up()
            case "text":
                self.texts.append(message)
            case "error":
                self.errors.append(message)
            case "bye":
                self.bye = message["reason"]

    async def _meets(self, told: Message) -> None:
        """Make a connection for a page that is not known; the impolite side makes the first offer."""
        key = f"{told['participant']['id']} {told['visit']}"
        if key == self.peer:
            return
        await self._hangs_up()
        self.peer = key
        servers = [
            RTCIceServer(urls=each["urls"], username=each["username"], credential=each["credential"])
            for each in told["ice_servers"]
        ]
        self._media = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._media.on("track", self._listens)
        self._media.addTrack(AudioStreamTrack())
        if not told["polite"]:
            await self._media.setLocalDescription(await self._media.createOffer())
            await self._describes(told["participant"]["id"])

    async def _is_told(self, sender: str, description: Message) -> None:
        if self._media is None or description["type"] == "rollback":
            return
        told = RTCSessionDescription(sdp=description["sdp"], type=description["type"])
        await self._media.setRemoteDescription(told)
        if told.type == "offer":
            await self._media.setLocalDescription(await self._media.createAnswer())
            await self._describes(sender)

    async def _describes(self, to: str) -> None:
        """Say what was decided; all candidates stand in it, since aiortc gathers them first."""
        assert self._media is not None
        local = self._media.localDescription
        await self.says("description", to=to, description={"type": local.type, "sdp": local.sdp})

    async def _finds(self, told: Message) -> None:
        assert self._media is not None
        line = told["candidate"].removeprefix("candidate:")
        if not line:
            await self._media.addIceCandidate(None)
            return
        candidate = candidate_from_sdp(line)
        candidate.sdpMid, candidate.sdpMLineIndex = told["sdpMid"], told["sdpMLineIndex"]
        await self._media.addIceCandidate(candidate)

    def _listens(self, track: MediaStreamTrack) -> None:
        self._sink.addTrack(track)
        self._starting = asyncio.create_task(self._sink.start())

    async def _hangs_up(self) -> None:
        if self._media is not None:
            await self._sink.stop()
            await self._media.close()
        self._media, self.peer, self._sink = None, "", MediaBlackhole()


async def customer(address: str, door: str) -> Guest:
    """Come in by the door of a personal link, `/a/{token}/door`."""
    http = ClientSession()
    async with http.get(door) as answer:
        csrf = _csrf_of(await answer.text())
    async with http.post(door, data={"csrf": csrf}) as answer:
        return Guest(http, address, _data_of(await answer.text()))


async def adviser(address: str, form: str, login: Mapping[str, str], appointment_id: str) -> Guest:
    """Sign in with a form of `/sign-in` and its fields, and open the meeting's page."""
    http = ClientSession()
    async with http.get(f"{address}/sign-in") as answer:
        csrf = _csrf_of(await answer.text())
    async with http.post(f"{address}{form}", data={"csrf": csrf, **login}) as answer:
        answer.raise_for_status()
    async with http.get(f"{address}/desk/appointments/{appointment_id}/meeting") as answer:
        answer.raise_for_status()
        return Guest(http, address, _data_of(await answer.text()))


def _csrf_of(page: str) -> str:
    found = _FIELD.search(page)
    assert found is not None, "the page has no form"
    return found[1]


def _data_of(page: str) -> Mapping[str, Any]:
    """Return what a meeting's page knows: addresses, the CSRF token, a first ticket."""
    found = _DATA.search(page)
    assert found is not None, "the page is no waiting room and no meeting"
    data: Mapping[str, Any] = json.loads(found[1])
    return data
