"""How identity providers reach their other side: one POST or GET with limits."""

import ssl
from collections.abc import Mapping
from tempfile import NamedTemporaryFile

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from identity.provider import ClientTls, FetchFailed, Posted

LIMIT_BYTES = 256 * 1024
TIMEOUT = ClientTimeout(total=3)
JSON = "application/json"


class HttpFetch:
    """Fulfils identity.provider.Fetch and Post: no redirects, three seconds, 256 KiB, JSON for a form."""

    def __init__(self, trusting: ssl.SSLContext | None = None) -> None:
        """Trust what the system trusts, or what is given: a demo on a network signs its own certificate."""
        self._trusting: ssl.SSLContext | bool = trusting or True
        self._session: ClientSession | None = None
        self._mutual: dict[ClientTls, ssl.SSLContext] = {}

    async def __call__(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        method = "GET" if form is None else "POST"
        headers = {} if form is None else {"Accept": JSON}
        try:
            async with self._opened().request(
                method, url, data=form, headers=headers, allow_redirects=False, ssl=self._trusting
            ) as answer:
                if answer.status not in (200, 201) or (form is not None and answer.content_type != JSON):
                    raise FetchFailed(answer.status)
                return await _body(answer)
        except (ClientError, TimeoutError, OSError):
            raise FetchFailed from None

    async def post(self, url: str, body: bytes, *, content_type: str, tls: ClientTls) -> Posted:
        headers = {"Content-Type": content_type}
        try:
            async with self._opened().post(
                url, data=body, headers=headers, allow_redirects=False, ssl=self._known_by(tls)
            ) as answer:
                return Posted(answer.status, await _body(answer))
        except (ClientError, TimeoutError, OSError):
            raise FetchFailed from None

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=TIMEOUT)
        return self._session

    def _known_by(self, tls: ClientTls) -> ssl.SSLContext | bool:
        if not tls.certificate:
            return self._trusting
        if tls not in self._mutual:
            self._mutual[tls] = client_context(tls)
        return self._mutual[tls]

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def client_context(tls: ClientTls) -> ssl.SSLContext:
    """Make what shows our certificate to the other side; OpenSSL takes it from a file alone, gone at once."""
    context = ssl.create_default_context(cadata=tls.roots or None)
    with NamedTemporaryFile("w", suffix=".pem") as file:  # only we may read it (mode 0600)
        file.write(f"{tls.certificate}\n{tls.key}\n")
        file.flush()
        context.load_cert_chain(file.name)
    return context


async def _body(answer: ClientResponse) -> bytes:
    parts = bytearray()
    async for part in answer.content.iter_any():
        parts += part
        if len(parts) > LIMIT_BYTES:
            raise FetchFailed(answer.status)
    return bytes(parts)
