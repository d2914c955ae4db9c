"""One POST to a subscriber: to machines that may be reached alone, with a deadline and little patience."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from booking.notice import LONGEST_SAID, Fault
from booking.target import bad_target
from server.webhooks.targets import TargetRefused, TargetRules

TIMEOUT_SECONDS = 15.0
MOST_REDIRECTS = 3
MOST_ANSWER_BYTES = 64 * 1024
MOST_ANSWER_SECONDS = 1.0
KEEPS_THE_POST = frozenset({307, 308})
GONE = 410
TELLS_WHEN = frozenset({429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of a try; `said` are the words beside the status, `retry_after` when to come again."""

    status: int | None = None
    fault: Fault | None = None
    said: str = ""
    retry_after: str = ""


class Poster:
    """Posts; two sessions, since http may reach less than https. Opened by `open_poster`."""

    def __init__(self, sessions: Mapping[str, ClientSession], timeout_seconds: float) -> None:
        self._sessions = sessions
        self._timeout = timeout_seconds

    async def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._followed(address, body, headers)
        except TimeoutError:
            return Answered(fault=Fault.TIMEOUT)
        except (ClientConnectorCertificateError, ClientConnectorSSLError, ssl.SSLError):
            return Answered(fault=Fault.CERTIFICATE)
        except ClientConnectorError as failed:
            is_refused = isinstance(failed.os_error, TargetRefused)
            return Answered(fault=Fault.TARGET_REFUSED if is_refused else Fault.UNREACHABLE)
        except (ClientError, OSError, ValueError):
            return Answered(fault=Fault.UNREACHABLE)

    async def _followed(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Post, and again where a redirect keeps the POST; each address is checked, and each machine."""
        status = None
        for _ in range(MOST_REDIRECTS + 1):
            if bad_target(address):
                return Answered(fault=Fault.TARGET_REFUSED)
            url = URL(address, encoded=True)
            session = self._sessions[url.scheme]
            async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                status, onward = answer.status, _onward(answer, url)
                if onward is None:
                    await _drain(answer)
                    return _answered(answer)
            if URL(onward, encoded=True).scheme == "http" and url.scheme == "https":
                break
            address = onward
        return Answered(status=status, fault=Fault.REDIRECTED)


@asynccontextmanager
async def open_poster(
    rules: TargetRules,
    *,
    resolver: AbstractResolver | None = None,
    trusting: ssl.SSLContext | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> AsyncIterator[Poster]:
    """Open what posts. No connection is kept, and no name is remembered: each try looks anew."""
    sessions = {
        scheme: ClientSession(
            connector=TCPConnector(
                resolver=resolver,
                use_dns_cache=False,
                force_close=True,
                ssl=trusting or True,
                socket_factory=partial(rules.opened, is_plain=scheme == "http"),
            ),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None),
            auto_decompress=False,
            headers={"Content-Type": "application/json", "User-Agent": "Kohtaamo-Webhooks/1"},
        )
        for scheme in ("https", "http")
    }
    try:
        yield Poster(sessions, timeout_seconds)
    finally:
        for session in sessions.values():
            await session.close()


def _onward(answer: ClientResponse, url: URL) -> str | None:
    """Return where a redirect leads that keeps the POST a POST."""
    onward = answer.headers.get("Location")
    if answer.status not in KEEPS_THE_POST or not onward:
        return None
    return str(url.join(URL(onward)))


def _answered(answer: ClientResponse) -> Answered:
    said = "".join(letter for letter in answer.reason or "" if letter.isprintable())[:LONGEST_SAID]
    if 300 <= answer.status < 400:
        return Answered(status=answer.status, fault=Fault.REDIRECTED, said=said)
    fault = None if 200 <= answer.status < 300 else Fault.ANSWER
    again = answer.headers.get("Retry-After", "") if answer.status in TELLS_WHEN else ""
    return Answered(status=answer.status, fault=fault, said=said, retry_after=again)


async def _drain(answer: ClientResponse) -> None:
    """Let the other side finish a short answer; what it says is not kept, and a long one is cut off."""
    left = MOST_ANSWER_BYTES
    with suppress(ClientError, OSError, TimeoutError):
        async with asyncio.timeout(MOST_ANSWER_SECONDS):
            while left > 0 and (part := await answer.content.read(left)):
                left -= len(part)
