"""Asks a TURN server (RFC 8656) for what no browser would, one request at a time."""

import asyncio
import hashlib
import secrets
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aioice.stun import ATTRIBUTES_BY_NAME, ATTRIBUTES_BY_TYPE, Class, Message, Method, parse_message

from server.turn.line import Line, LineDown

Address = tuple[str, int]
UDP, TCP = 0x11000000, 0x06000000
IPV6 = 2
UNKNOWN, STALE = 401, 438


def _family_bytes(family: int) -> bytes:
    return bytes((family, 0, 0, 0))


def _family_of(data: bytes) -> int:
    return data[0]


_Entry = tuple[int, str, Callable[..., bytes], Callable[..., Any]]
_FAMILY: _Entry = (0x0017, "REQUESTED-ADDRESS-FAMILY", _family_bytes, _family_of)
ATTRIBUTES_BY_NAME[_FAMILY[1]] = ATTRIBUTES_BY_TYPE[_FAMILY[0]] = _FAMILY  # which aioice's table lacks


@dataclass(slots=True, kw_only=True)
class TurnClient:
    """One allocation, or the try to get one. Each verb raises LineDown when nobody answers."""

    line: Line
    username: str
    password: str
    realm: str = ""
    nonce: bytes = b""
    relayed: Address | None = None

    async def allocate(self, *, lifetime: int = 600, transport: int = UDP, family: int | None = None) -> int:
        """Return 0 for an allocation, else the error code."""
        asked = {"REQUESTED-TRANSPORT": transport, "LIFETIME": lifetime}
        if family:
            asked["REQUESTED-ADDRESS-FAMILY"] = family
        answer = await self._authenticated(Method.ALLOCATE, asked)
        self.relayed = answer.attributes.get("XOR-RELAYED-ADDRESS")
        return error_of(answer)

    async def refresh(self, *, lifetime: int = 600) -> int:
        """Return 0 when the allocation lives on, else the error code (437: there is none)."""
        return error_of(await self._authenticated(Method.REFRESH, {"LIFETIME": lifetime}))

    async def permit(self, peer: Address) -> int:
        """Ask for `peer` to be let through; return 0, or the error code (403: denied)."""
        asked = {"XOR-PEER-ADDRESS": peer}
        return error_of(await self._authenticated(Method.CREATE_PERMISSION, asked))

    async def _authenticated(self, method: Method, asked: Mapping[str, object]) -> Message:
        """Ask; once more with the nonce, when that is what was missing (401) or old (438)."""
        answer = await self._ask(method, asked)
        code = error_of(answer)
        if code in (UNKNOWN, STALE) and answer.attributes.get("NONCE", self.nonce) != self.nonce:
            first = not self.nonce
            self.nonce, self.realm = answer.attributes["NONCE"], answer.attributes["REALM"]
            if first or code == STALE:
                answer = await self._ask(method, asked)
        return answer

    async def _ask(self, method: Method, asked: Mapping[str, object]) -> Message:
        message = written(method, asked)
        if self.nonce:
            message.attributes |= {"USERNAME": self.username, "REALM": self.realm, "NONCE": self.nonce}
            key = hashlib.md5(f"{self.username}:{self.realm}:{self.password}".encode(), usedforsecurity=False)
            message.add_message_integrity(key.digest())
        try:
            for seconds in self.line.patience:
                await self.line.send(bytes(message))
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        return await self._answer_to(message)
        except (OSError, EOFError, ValueError, struct.error) as gone:
            raise LineDown(f"the line broke ({gone})") from None
        raise LineDown("nobody answers there")

    async def _answer_to(self, message: Message) -> Message:
        while True:
            answer = parse_message(await self.line.receive())
            if answer.transaction_id == message.transaction_id:
                return answer


def written(method: Method, attributes: Mapping[str, object], kind: Class = Class.REQUEST) -> Message:
    """Write a message under a number of its own."""
    return Message(method, kind, transaction_id=secrets.token_bytes(12), attributes=dict(attributes))


def error_of(answer: Message) -> int:
    """Return the code of an error, 0 for a success."""
    return int(answer.attributes["ERROR-CODE"][0]) if answer.message_class == Class.ERROR else 0
