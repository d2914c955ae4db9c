"""A TURN client over UDP that sends, too, as fast as its caller likes."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aioice.stun import Class, Method

from server.turn.client import Address, written
from server.turn.client import TurnClient as AskingClient
from server.turn.line import DatagramLine


@dataclass(slots=True, kw_only=True)
class TurnClient(AskingClient):
    """One that asks and sends, from a socket that is seen."""

    socket: socket.socket

    def send(self, peer: Address, data: bytes) -> None:
        """Send data to a permitted peer; nobody answers."""
        self.socket.send(
            bytes(written(Method.SEND, {"XOR-PEER-ADDRESS": peer, "DATA": data}, Class.INDICATION))
        )


@asynccontextmanager
async def turn_client(port: int, username: str, password: str) -> AsyncIterator[TurnClient]:
    """Open a client on a port of its own: for a TURN server that makes it a stranger."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.bind(("127.0.0.1", 0))
        ours.connect(("127.0.0.1", port))
        ours.setblocking(False)
        yield TurnClient(line=DatagramLine(ours), username=username, password=password, socket=ours)
