"""A gateway for text messages of our own: it keeps what it is given, once a key, and signs what it tells."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

SECRET = "a-secret-of-the-gateway-and-of-ours"


@dataclass(slots=True)
class SmsGateway:
    """What came in, one for each key; a test may have it answer otherwise, or not at all."""

    url: str = ""
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    calls: int = 0
    status: int = 200
    answer_headers: dict[str, str] = field(default_factory=dict)
    is_mute: bool = False

    async def take(self, request: web.Request) -> web.Response:
        """Keep a message once for each key, even where the answer then gets lost."""
        self.calls += 1
        is_json = request.content_type == "application/json"
        body = json.loads(await request.read()) if is_json else dict(await request.post())
        self.headers.append(dict(request.headers))
        if self.status < 300:
            self.sent.setdefault(str(body["key"]), body)
        if self.is_mute:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=self.status, headers=self.answer_headers)

    async def tells(self, session: ClientSession, address: str, told: dict[str, str], now: int) -> int:
        """Call back with a signature; return what is answered."""
        body, headers = signed_call(told, now)
        async with session.post(address, data=body, headers=headers) as answer:
            return answer.status


def signed(body: bytes, now: int, secret: str = SECRET) -> dict[str, str]:
    """Return the headers of a call that is signed as ours asks for."""
    mac = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256)
    return {"X-Kohtaamo-Timestamp": str(now), "X-Kohtaamo-Signature": mac.hexdigest()}


def signed_call(told: Mapping[str, object], now: int, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of a call."""
    body = json.dumps(told).encode()
    return body, signed(body, now, secret) | {"Content-Type": "application/json"}


@asynccontextmanager
async def sms_gateway() -> AsyncIterator[SmsGateway]:
    """Run a gateway on a free port of this machine."""
    gateway = SmsGateway()
    app = web.Application()
    app.router.add_route("*", "/send", gateway.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    gateway.url = f"http://127.0.0.1:{runner.addresses[0][1]}/send"
    try:
        yield gateway
    finally:
        await runner.cleanup()
