"""One file and its form's other fields, streamed to a file that leaves memory when it grows."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from aiohttp import web

from web.csrf import FIELD, HEADER, check_csrf
from web.json_text import check_text
from web.multipart import Parts, boundary_of
from web.receive import check_kind, chunks
from web.refusal import BadBody, TooLarge

KIND = "multipart/form-data"
IN_MEMORY_BYTES = 1024 * 1024
MOST_PARTS = 20
MOST_FIELD_BYTES = 4096
ROOM_FOR_FIELDS = 64 * 1024

_FILE: web.RequestKey[IO[bytes]] = web.RequestKey("uploaded_file", IO)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """What may come: so many bytes, in the field of this name."""

    most_bytes: int
    field: str = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came; its type is what the browser says, so look inside before believing it."""

    name: str
    content_type: str
    size_bytes: int
    file: IO[bytes]
    fields: Mapping[str, str]

    def content(self) -> bytes:
        self.file.seek(0)
        return self.file.read()


async def receive_upload(request: web.Request, limits: UploadLimits) -> Upload:
    """Read the one file of a form whose CSRF field stands before it, unless the header has the token.

    Raises CsrfFailed before a byte of the file is kept; TooLarge, TooSlow, WrongMediaType; BadBody when the
    body is broken or unclosed, or has no file or two.
    """
    check_kind(request, KIND)
    body = chunks(request, limits.most_bytes + ROOM_FOR_FIELDS)
    parts = Parts(body, boundary_of(request.headers["Content-Type"]))
    fields: dict[str, str] = {}
    upload: Upload | None = None
    for _ in range(MOST_PARTS):
        head = await parts.next_head()
        if head is None:
            break
        if head.file_name is None:
            await _add_field(fields, head.name, parts.content())
        elif upload is None and head.name == limits.field:
            check_csrf(request, request.headers.get(HEADER) or fields.get(FIELD))
            file = request[_FILE] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - see put_away
            size = await _keep(file, parts.content(), limits.most_bytes)
            upload = Upload(
                name=head.file_name, content_type=head.content_type, size_bytes=size, file=file, fields=fields
            )
        else:
            raise BadBody("second file")
    if upload is None or not upload.name:
        raise BadBody("no file")
    return upload


async def _add_field(fields: dict[str, str], name: str, content: AsyncIterator[bytes]) -> None:
    value = b""
    async for chunk in content:
        value += chunk
        if len(value) > MOST_FIELD_BYTES:
            raise BadBody("field")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadBody("field") from wrong
    check_text(text)
    if fields.setdefault(name, text) is not text:
        raise BadBody("field twice")


async def _keep(file: IO[bytes], content: AsyncIterator[bytes], most_bytes: int) -> int:
    """Write a part to a file and return its size. Raises TooLarge."""
    size = 0
    async for chunk in content:
        size += len(chunk)
        if size > most_bytes:
            raise TooLarge(most_bytes)
        file.write(chunk)
    file.seek(0)
    return size


def put_away(request: web.Request) -> None:
    """Close the request's file, if it brought one; called by the middleware."""
    file = request.get(_FILE)
    if file is not None:
        file.close()
