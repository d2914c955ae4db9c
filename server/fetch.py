"""How identity providers reach their other side: one POST or GET with limits."""

import ssl
from collections.abc import Mapping

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from identity.provider import FetchFailed

LIMIT_BYTES = 256 * 1024
TIMEOUT = ClientTimeout(total=3)


class HttpFetch:
    """Fulfils identity.provider.Fetch: no redirects, three seconds, 256 KiB."""

    def __init__(self, trusting: ssl.SSLContext | None = None) -> None:
        """Trust what the system trusts, or what is given: a demo on a network signs its own certificate."""
        self._trusting: ssl.SSLContext | bool = trusting or True
        self._session: ClientSession | None = None

    async def __call__(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        if self._session is None:
            self._session = ClientSession(timeout=TIMEOUT)
        method = "GET" if form is None else "POST"
        headers = {} if form is None else {"Accept": "application/json"}
        try:
            async with self._session.request(
                method, url, data=form, headers=headers, allow_redirects=False, ssl=self._trusting
            ) as answer:
                if answer.status != 200:
                    raise FetchFailed(answer.status)
                return await _body(answer)
        except (ClientError, TimeoutError, OSError):
            raise FetchFailed from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


async def _body(answer: ClientResponse) -> bytes:
    parts = bytearray()
    async for part in answer.content.iter_any():
        parts += part
        if len(parts) > LIMIT_BYTES:
            raise FetchFailed(answer.status)
    return bytes(parts)
