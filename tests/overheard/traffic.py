"""What tests' clients are answered: secrets in it are planted, error pages and metrics are heard."""

import re
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientResponse

from tests.overheard.ear import EAR

KINDS = "state|nonce|code|request|code_challenge|ticket|credential|csrf|id_token|totp"
_FIELDS = re.compile(rf"name=\"({KINDS})\" value=\"([\w.-]{{20,}})\"")
_VALUES = re.compile(rf"\"({KINDS})\": ?\"([\w.+/=-]{{20,}})\"")
_NAMES = frozenset(KINDS.split("|"))
READ = 200_000
METRICS = ("/metrics", "/health")

_Reader = Callable[[ClientResponse], Coroutine[Any, Any, bytes]]


def hearing(read: _Reader) -> _Reader:
    """Return aiohttp's `read` as it is, for who listens to it."""

    async def read_and_hear(answer: ClientResponse) -> bytes:
        body = await read(answer)
        for name, cookie in answer.cookies.items():
            if name != "lang":
                EAR.plant(f"cookie {name}", cookie.value)
        for address in (str(answer.url), answer.headers.get("Location", "")):
            plant_from_address(address)
        if answer.content_type.startswith(("text/", "application/")):
            hear_answer(answer.url.path, answer.status, body[:READ].decode(errors="replace"))
        return body

    return read_and_hear


def hear_answer(path: str, status: int, text: str) -> None:
    """Plant what an answer holds, and hear it when it is an error or a figure for machines."""
    for kind, secret in (*_FIELDS.findall(text), *_VALUES.findall(text)):
        EAR.plant(kind, secret)
    if path.startswith(METRICS):
        EAR.hear_log("metrics", text)
    elif status >= HTTPStatus.BAD_REQUEST:
        EAR.hear_page(f"a page of {status}", text)


def plant_from_address(address: str) -> None:
    for name, value in parse_qsl(urlsplit(address).query):
        if name in _NAMES:
            EAR.plant(name, value)
