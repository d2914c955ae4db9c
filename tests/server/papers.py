"""Documents for tests, good and hostile, written byte by byte so that each holds just what its name says."""

import hashlib
from collections.abc import Sequence
from io import BytesIO

from aiohttp import FormData
from PIL import Image

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def words(text: str, colour: str = "0 0 0") -> bytes:
    return f"BT {colour} rg /F1 32 Tf 72 720 Td ({text}) Tj ET".encode()


def pdf(
    pages: Sequence[bytes], *, media_box: str = "0 0 595 842", catalog: bytes = b"", trailer: bytes = b""
) -> bytes:
    """Write a PDF with one content stream a page; `catalog` and `trailer` add entries of their own."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, content in zip(numbers, pages, strict=True):
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        box = f"[{media_box}]".encode()
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s%s/Contents %d 0 R>>" % (box, resources, number + 1)
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    return _written(objects, trailer)


def _written(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def locked_pdf(password: str) -> bytes:
    """Write a PDF that opens with a password only (ISO 32000-1, 7.6.3, revision 2)."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    seed = padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"\0" * 16
    user = _rc4(hashlib.md5(seed, usedforsecurity=False).digest()[:5], _PADDING)
    entries = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (owner.hex().encode(), user.hex().encode())
    return pdf([words("secret")], trailer=b"/Encrypt<<%s>>/ID[<%s><%s>]" % (entries, b"00" * 16, b"00" * 16))


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def photograph(width: int = 800, height: int = 600) -> Image.Image:
    """Return a picture with many colours."""
    noise = Image.effect_noise((width, height), 60)
    return Image.merge("RGB", (noise, Image.linear_gradient("L").resize((width, height)), noise))


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def multipart(fields: dict[str, str], name: str, content: bytes) -> FormData:
    """Make what a plain form sends: its fields first, then the file."""
    form = FormData(fields)
    form.add_field("file", content, filename=name, content_type="application/pdf")
    return form
