"""What the converter's child writes to its parent.

frame    = kind (1 byte) · number (4) · length (4) · payload, big endian
COUNT    number = how many pages there are, no payload; always first
PAGE     number = a page, payload = its picture as WebP
REFUSED  number = 0, payload = the name of a refusal
"""

import asyncio
import struct

COUNT, PAGE, REFUSED = b"C", b"P", b"R"
PORTRAIT = "portrait"
"""The child's argument for the one small picture, which leaves as page 1 without a count."""

_HEAD = struct.Struct(">cII")
_LARGEST = 16 * 1024 * 1024


def packed(kind: bytes, number: int, payload: bytes = b"") -> bytes:
    return _HEAD.pack(kind, number, len(payload)) + payload


async def next_frame(stream: asyncio.StreamReader) -> tuple[bytes, int, bytes] | None:
    """Return kind, number and payload, or None at the end.

    Raises ValueError for a frame that is cut off or too large: a file may
    have taken the child over, so that nothing it writes is believed.
    """
    try:
        kind, number, length = _HEAD.unpack(await stream.readexactly(_HEAD.size))
        if length > _LARGEST:
            raise ValueError("a frame that is too large")
        return kind, number, await stream.readexactly(length)
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise ValueError("a frame that is cut off") from error
        return None
