"""The operator's side as a real SOAP server over mutual TLS, which misbehaves on order."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import trustme
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding

from identity.demo_mobile.mobile_operator import Operator, Ring
from identity.demo_mobile.registration import AP_ID, AP_PWD
from identity.demo_mobile.soap import fault
from identity.mobile_id.contract import contract_of
from identity.mobile_id.provider import MobileIdProvider
from identity.personal_code import SubjectKeys
from identity.provider import ProviderContext
from server.fetch import HttpFetch
from server.front import listening_socket
from tests.identity.people import NOW

Element = Any


class HostileOperator(Operator):
    """Behaves well until it is told otherwise: each hook replaces one thing that it would do."""

    def __init__(self) -> None:
        super().__init__(now=NOW)
        self.now: datetime = NOW
        self.requests: list[bytes] = []
        self.signs: Callable[[Ring], bytes] = super().signature
        self.tells: Callable[[Ring], Element] = lambda ring: super(HostileOperator, self).person(
            ring, now=NOW
        )
        self.writes: Callable[[bytes], bytes] = lambda body: body
        self.fault: tuple[int, int | None] | None = None
        self.status: int | None = None
        self.is_slow = False

    def answer(self, request: bytes, *, now: datetime) -> tuple[int, bytes]:
        self.requests.append(request)
        if self.fault is not None:
            return 500, fault(*self.fault, text=f"for {AP_PWD}")
        status, body = super().answer(request, now=now)
        return self.status or status, self.writes(body)

    def signature(self, ring: Ring) -> bytes:
        return self.signs(ring)

    def person(self, ring: Ring, *, now: datetime) -> Element:
        return self.tells(ring)

    def is_answered(self, answer: int = 0) -> None:
        """Act the person whose phone rang last: type the PIN, or do what a fault's code says."""
        assert self.answered(self.ringing(now=self.now)[0].id, answer, now=self.now)


@dataclass(slots=True)
class Wire:
    """The operator behind TLS, and what our side needs to come in."""

    operator: HostileOperator
    address: str
    settings: dict[str, str] = field(repr=False)
    fetch: HttpFetch

    def provider(self, **settings: str) -> MobileIdProvider:
        context = ProviderContext(
            public_url="https://kohtaamo.example",
            back_channel_url="",
            is_production=settings.pop("production", "") == "yes",
            subject_keys=SubjectKeys(b"k" * 32),
            fetch=self.fetch,
            post=self.fetch.post,
            settings=self.settings | settings,
        )
        contract = contract_of(
            context.settings, prefix="KOHTAAMO_MOBILE_ID_", is_production=context.is_production
        )
        return MobileIdProvider(contract, context.post, context.subject_keys)


@asynccontextmanager
async def operator_on_the_wire() -> AsyncIterator[Wire]:
    operator, (authority, ours) = HostileOperator(), _known_to_each_other()
    listening = listening_socket("127.0.0.1", 0)
    runner = web.AppRunner(_app(operator), shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listening, ssl_context=_server_context(authority)).start()
    address = f"https://localhost:{listening.getsockname()[1]}/mss"
    fetch = HttpFetch()
    try:
        yield Wire(operator, address, _settings(authority, ours, operator, address), fetch)
    finally:
        await fetch.close()
        await runner.cleanup()


@cache
def _known_to_each_other() -> tuple[trustme.CA, trustme.LeafCert]:
    authority = trustme.CA()
    return authority, authority.issue_cert("kohtaamo.example")


def _settings(
    authority: trustme.CA, ours: trustme.LeafCert, operator: Operator, address: str
) -> dict[str, str]:
    return {
        "URL": address,
        "AP_ID": AP_ID,
        "AP_PWD": AP_PWD,
        "CERTIFICATE": ours.cert_chain_pems[0].bytes().decode(),
        "KEY": ours.private_key_pem.bytes().decode(),
        "TLS_ROOTS": authority.cert_pem.bytes().decode(),
        "ROOTS": operator.authority.root.certificate.public_bytes(Encoding.PEM).decode(),
        "DISPLAY_NAME": "Pohjolan Pankki",
    }


@cache
def _server_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _app(operator: HostileOperator) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        if request.content_type != "application/soap+xml":
            return web.Response(status=415)
        if operator.is_slow:
            await asyncio.Event().wait()
        status, body = operator.answer(await request.read(), now=operator.now)
        return web.Response(status=status, body=body, content_type="application/soap+xml", charset="utf-8")

    app = web.Application()
    app.router.add_post("/mss", take)
    return app
