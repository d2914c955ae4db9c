"""What no handler should ever see: the bad inputs that bare aiohttp answers with 500, and some more."""

import asyncio
import json

import pytest

from tests.web.house import MOST_UPLOAD_BYTES, house
from web.public_site import Allowance

GOOD = b'{"name": "Aino", "count": 2, "kind": "video"}'
JSON = {"Content-Type": "application/json"}


async def status_of_json(content: bytes, headers: dict[str, str] = JSON) -> int:
    async with (
        house() as front,
        front.client.post(front.url("/api/json"), data=content, headers=headers) as answer,
    ):
        assert answer.status == 200 or answer.content_type == "application/problem+json"
        return answer.status


async def test_a_good_object_reaches_the_handler() -> None:
    assert await status_of_json(GOOD) == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"name": "Aino"', 400),
        (b"[" * 60_000, 400),
        (b'{"name": ' + b"[" * 40 + b"]" * 40 + b"}", 400),
        (b'{"count": ' + b"7" * 5000 + b"}", 400),
        (b'{"count": 1234567890123456789012345678901}', 400),
        (b'{"count": NaN}', 400),
        (b'{"count": -Infinity}', 400),
        (b'{"count": 1e999}', 400),
        (b'{"name": "\\ud800"}', 400),
        (b'{"name": "A\\u0000"}', 400),
        (b'{"name": "Aino", "name": "Louhi"}', 400),
        (b'{"name": "\xff\xfe"}', 400),
        (b'["Aino"]', 400),
        (b'{"name": ""}', 422),
        (b'{"name": "Aino", "kind": "letter"}', 422),
        (b'{"name": "' + b"A" * 70_000 + b'"}', 413),
    ],
)
async def test_a_bad_object_is_refused(content: bytes, status: int) -> None:
    assert await status_of_json(content) == status


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-7",
        "application/json; charset=nonsense",
        "multipart/form-data",
    ],
)
async def test_json_of_another_kind_or_charset_is_refused(kind: str) -> None:
    assert await status_of_json(GOOD, {"Content-Type": kind}) == 415


async def test_a_compressed_body_is_refused() -> None:
    assert await status_of_json(GOOD, JSON | {"Content-Encoding": "deflate"}) in {400, 415}


async def test_a_refused_field_is_named_and_what_was_sent_is_not_echoed() -> None:
    async with house() as front:
        answer = await front.client.post(
            front.url("/api/json"), data=b'{"name": "Aino", "count": "131052-308T"}', headers=JSON
        )
        body = await answer.text()

    problem = json.loads(body)
    assert problem["type"] == "/problems/invalid"
    assert problem["errors"] == [{"field": "count", "kind": "int_parsing"}]
    assert "131052" not in body


async def test_a_body_without_end_is_refused_when_it_comes_too_slowly() -> None:
    allowance = Allowance(body_grace_seconds=0.2, answer_seconds=5)
    async with house(allowance=allowance) as front:
        reader, writer = await asyncio.open_connection("127.0.0.1", front.port)

        writer.write(
            b"POST /api/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 900\r\n\r\n{"
        )
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()

    assert line == b"HTTP/1.1 408 Request Timeout\r\n"


async def test_broken_chunks_are_refused() -> None:
    async with house() as front:
        reader, writer = await asyncio.open_connection("127.0.0.1", front.port)

        writer.write(
            b"POST /api/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
        )
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()

    assert line.split()[1] == b"400"


async def posted_form(content: str, path: str = "/form") -> tuple[int, str]:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    async with house() as front:
        body = f"csrf={await front.csrf()}&{content}"
        async with front.client.post(front.url(path), data=body, headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("name=Aino&count=2", 200),
        ("name=%FF", 400),
        ("name=A%00", 400),
        ("name=Aino&name=Louhi", 400),
        ("name=Aino&" + "&".join(f"x{n}=1" for n in range(300)), 400),
        ("count=2", 422),
        ("name=" + "A" * 70_000, 413),
    ],
)
async def test_a_form_is_read_strictly(content: str, status: int) -> None:
    assert (await posted_form(content))[0] == status


async def test_a_wrong_form_comes_back_with_what_was_typed_and_what_is_wrong() -> None:
    status, text = await posted_form("name=++&count=many&kind=video", "/again")

    assert status == 200
    assert json.loads(text) == {
        "values": {"name": "", "count": "many", "kind": "video"},
        "errors": {"name": "string_too_short", "count": "int_parsing"},
    }


PAPER = b"%PDF-1.7 " + b"\r\n--almost " * 9000


def multipart(
    csrf: str, file: bytes = PAPER, end: bytes = b"\r\n--B--\r\n", name: str = "C:\\\\papers\\\\loan.pdf"
) -> bytes:
    return (
        (
            f'--B\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
            f'--B\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        + file
        + end
    )


async def uploaded(
    content: bytes | None = None, kind: str = "multipart/form-data; boundary=B"
) -> tuple[int, str]:
    async with house() as front:
        body = content if content is not None else multipart(await front.csrf())
        headers = {"Content-Type": kind, "Accept": "application/json"}
        async with front.client.post(front.url("/file"), data=body, headers=headers) as answer:
            return answer.status, await answer.text()


async def test_a_file_comes_in_with_its_bare_name() -> None:
    status, text = await uploaded()

    assert status == 200
    assert json.loads(text) | {"fields": {}} == {"name": "loan.pdf", "size": len(PAPER), "fields": {}}


async def uploaded_with_token(
    end: bytes, file: bytes = PAPER, kind: str = "multipart/form-data; boundary=B"
) -> int:
    async with house() as front:
        headers = {"Content-Type": kind}
        body = multipart(await front.csrf(), file, end)
        async with front.client.post(front.url("/file"), data=body, headers=headers) as answer:
            return answer.status


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (b"\r\n--B--\r\n", 200),
        (b"\r\n--B--", 200),
        (b"", 400),
        (b"\r\n--B", 400),
        (b"\r\n--B\r\n", 400),
        (b"\r\n--B-- and more", 400),
        (b'\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="2.pdf"\r\n\r\n2\r\n--B--', 400),
        (b"\r\n--B\r\nX: " + b"a" * 9000 + b"\r\n\r\n2\r\n--B--", 400),
        (b"\r\n--B\r\n\r\nnobody\r\n--B--", 400),
    ],
)
async def test_a_multipart_body_is_read_to_its_last_boundary(end: bytes, status: int) -> None:
    assert await uploaded_with_token(end) == status


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 71,
        "multipart/form-data; boundary=other",
    ],
)
async def test_a_multipart_body_without_its_boundary_is_refused(kind: str) -> None:
    assert await uploaded_with_token(b"\r\n--B--\r\n", kind=kind) == 400


async def test_a_file_that_is_too_large_is_refused() -> None:
    assert await uploaded_with_token(b"\r\n--B--\r\n", b"x" * MOST_UPLOAD_BYTES) == 200

    assert await uploaded_with_token(b"\r\n--B--\r\n", b"x" * (MOST_UPLOAD_BYTES + 1)) == 413


async def test_a_file_is_refused_when_its_form_has_no_secret_before_it() -> None:
    assert (await uploaded(multipart("wrong")))[0] == 403
