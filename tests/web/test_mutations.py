"""Thousands of broken bodies: each gets an answer that blames who sent it, and none becomes a fault."""

import random
from collections.abc import Callable

import pytest

from tests.web.house import House, house
from web.public_site import Allowance

GOOD: dict[str, tuple[str, str, Callable[[str], bytes]]] = {
    "json": ("/json", "application/json", lambda _: b'{"name": "Aino", "count": 2, "kind": "video"}'),
    "form": (
        "/form",
        "application/x-www-form-urlencoded",
        lambda csrf: f"name=V%C3%A4in%C3%B6&count=2&csrf={csrf}".encode(),
    ),
    "multipart": (
        "/file",
        "multipart/form-data; boundary=B",
        lambda _: (
            b'--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nloan\r\n'
            b'--B\r\nContent-Disposition: form-data; name="file"; filename="loan.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n%PDF\r\n--B--\r\n"
        ),
    ),
}
PIECES = (
    b"", b"\0", b"\xff", b"\r\n", b"--B", b"--B--", b"{", b"[" * 99, b'"', b"\\ud800", b"NaN", b"1e999",
    b"9" * 99,
    b"%", b"%00", b"&&", b"=", b";", b":", b"*=utf-8''%ff", b'"; filename*=x', b"\xc3", b"a" * 5000,
)  # fmt: skip


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Cut pieces out and put others in, one to four times."""
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(content) + 1)
        end = min(len(content), start + dice.choice((0, 0, 1, 3, 20)))
        content = content[:start] + dice.choice(PIECES) + content[end:]
    return content


async def statuses(front: House, kind: str, times: int) -> set[int]:
    path, content_type, good = GOOD[kind]
    token = await front.csrf()
    headers = {"Content-Type": content_type, "Accept": "application/json"}
    if kind != "form":
        headers["X-CSRF-Token"] = token
    dice, seen = random.Random(kind), set()
    for _ in range(times):
        body = mutated(good(token), dice)
        async with front.client.post(front.url(path), data=body, headers=headers) as answer:
            seen.add(answer.status)
    return seen


@pytest.mark.parametrize("kind", GOOD)
async def test_no_mutation_of_a_body_becomes_a_fault(kind: str) -> None:
    async with house(allowance=Allowance(posts_a_minute=100_000)) as front:
        seen = await statuses(front, kind, 700)

    assert seen >= {200, 400}  # some are still good, some are not
    assert seen <= {200, 400, 403, 413, 415, 422}
