"""Tries a TURN server by one of its addresses: does it serve who may, and refuse the rest?"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from server.turn.bearer import Bearer
from server.turn.client import IPV6, TCP, UNKNOWN, TurnClient
from server.turn.line import LineDown, TurnUrl, line_to
from server.turn.reserved import RESERVED, Reserved
from signalling.ice import IceServer

PUBLIC = "9.9.9.9"
"""Somewhere that a meeting may lead to; asking for it sends nothing there."""
PORT = 443
REFUSED = frozenset({400, 403, 443})
"""Malformed, forbidden, of another family than the relay's."""
MOST_EACH = 12
"""So many allocations may one user hold: browsers open three or four."""
QUOTA_REACHED = 486
DENY = "deny it in turnserver.conf: denied-peer-ip={span}"
ADDRESSES = f"look at the address, at the server, and at the firewall between ({PORT}, 3478 or 5349)"
CREDENTIALS = "the server must share KOHTAAMO_TURN_SECRET (use-auth-secret), or read KOHTAAMO_TURN_USERS; \
its realm is the host of the first of KOHTAAMO_TURN_URLS, and both clocks are right"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tried, what came of it, and what to do, unless all is well."""

    what: str
    said: str
    todo: str = ""


async def probe(url: TurnUrl, bearer: Bearer) -> AsyncIterator[Finding]:
    """Try all of it; ends with the first finding when there is no way in."""
    try:
        async with _client(url, await bearer.good()) as client:
            if code := await client.allocate():
                yield Finding("a participant's credentials", f"refused ({code})", CREDENTIALS)
                return
            yield Finding("a participant's credentials", "let in")
            yield await _leads_outside(client)
            async with _by_ipv6(url, bearer) as by_ipv6:
                for place in RESERVED:
                    yield await _leads_not_to(place, by_ipv6 if place.is_ipv6 and by_ipv6 else client)
            await client.refresh(lifetime=0)
        for look in _LOOKS:
            yield await look(url, bearer)
    except LineDown as down:
        yield Finding("the way there", str(down), ADDRESSES)


async def _leads_outside(client: TurnClient) -> Finding:
    what = f"{PUBLIC} (the public internet)"
    if code := await client.permit((PUBLIC, PORT)):
        return Finding(what, f"refused ({code})", "deny reserved ranges alone, else nobody is connected")
    return Finding(what, "let through")


async def _leads_not_to(place: Reserved, client: TurnClient) -> Finding:
    what = f"{place.address} ({place.what})"
    code = await client.permit((place.address, PORT))
    if code in REFUSED:
        return Finding(what, f"refused ({code})")
    said = "LET THROUGH" if code == 0 else f"unclear ({code})"
    upgrade = "; and take coturn 4.10 or newer, or give it no IPv6 relay" if "ffff" in place.address else ""
    return Finding(what, said, DENY.format(span=place.span) + upgrade)


@asynccontextmanager
async def _by_ipv6(url: TurnUrl, bearer: Bearer) -> AsyncIterator[TurnClient | None]:
    """Open an allocation with an IPv6 relay, if the server has one."""
    async with _client(url, await bearer.good()) as client:
        has_one = await client.allocate(family=IPV6) == 0
        yield client if has_one else None
        if has_one:
            await client.refresh(lifetime=0)


async def _refuses_forged(url: TurnUrl, bearer: Bearer) -> Finding:
    return await _refuses("forged credentials", url, await bearer.forged())


async def _refuses_expired(url: TurnUrl, bearer: Bearer) -> Finding:
    return await _refuses("expired credentials", url, await bearer.expired())


async def _refuses(what: str, url: TurnUrl, server: IceServer) -> Finding:
    async with _client(url, server) as client:
        code = await client.allocate()
        if code == UNKNOWN:
            return Finding(what, f"refused ({code})")
        await client.refresh(lifetime=0)
        return Finding(what, "LET IN" if code == 0 else f"unclear ({code})", CREDENTIALS)


async def _keeps_to_quota(url: TurnUrl, bearer: Bearer) -> Finding:
    """Open one more than a user may; each on a line of its own."""
    what = f"allocation {MOST_EACH + 1} of one user"
    opened, code = await _open_all(url, await bearer.good(), MOST_EACH + 1)
    if not code:
        return Finding(what, "LET IN", f"set user-quota={MOST_EACH} in turnserver.conf")
    if code != QUOTA_REACHED:
        return Finding(what, f"unclear ({code})", "read the server's log")
    return Finding(what, f"refused ({code}), after {opened}")


async def _open_all(url: TurnUrl, server: IceServer, most: int) -> tuple[int, int]:
    """Open allocations till one is refused; return how many came about, and the code of the refusal."""
    code = 0
    async with AsyncExitStack() as stack:
        opened: list[TurnClient] = []
        while len(opened) < most and not code:
            client = await stack.enter_async_context(_client(url, server))
            code = await client.allocate()
            if not code:
                opened.append(client)
        for client in opened:
            await client.refresh(lifetime=0)
        return len(opened), code


async def _relays_no_tcp(url: TurnUrl, bearer: Bearer) -> Finding:
    """RFC 6062 is asked for on a stream alone; browsers never do."""
    what = "relaying TCP onwards"
    if url.is_datagram:
        return Finding(what, "not to be asked for by UDP")
    async with _client(url, await bearer.good()) as client:
        code = await client.allocate(transport=TCP)
        await client.refresh(lifetime=0)
        if code == 0:
            return Finding(what, "LET IN", "set no-tcp-relay in turnserver.conf")
        return Finding(what, f"refused ({code})")


@asynccontextmanager
async def _client(url: TurnUrl, server: IceServer) -> AsyncIterator[TurnClient]:
    async with line_to(url) as line:
        yield TurnClient(line=line, username=server.username or "", password=server.credential or "")


_LOOKS: tuple[Callable[[TurnUrl, Bearer], Awaitable[Finding]], ...] = (
    _relays_no_tcp,
    _keeps_to_quota,
    _refuses_forged,
    _refuses_expired,
)
