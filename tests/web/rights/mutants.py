"""Bodies that were good once: with other types, lengths, depths, moments and owners, then broken bytes."""

import json
from collections.abc import Mapping
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from tests.web.rights.house import Sent
from tests.web.rights.planted import KULLERVO_ID, OLD_ID, PICTURE
from tests.web.test_mutations import mutated

BOUNDARY = "B"
STRANGE: tuple[object, ...] = (
    None, True, -1, 0, 2**31, 2**63, 10**29, 1.5, -0.0, "", " ", "0", "null", "a" * 300, "a" * 9_000,
    "ä" * 200, "\u0000", "\u202e", "🏳️‍🌈" * 40, "\r\nSet-Cookie: a=b", "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "' OR 1=1 --", "../../etc/passwd", "%s%n", [], [[]], {}, {"a": {"b": []}}, ["x"] * 300,
    str(KULLERVO_ID), str(OLD_ID), str(UUID(int=0)), "urn:uuid:" + str(OLD_ID), "not-an-id",
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00",
    "2027-03-28T03:30:00+02:00", "2026-11-26T10:00:00", "2026-11-26", "0000-00-00", "9999-12-31",
    "0001-01-01",
    "24:00", "00:00", "25:61", "10:03", "-1", "1e9", "99999999999", "fi", "xx", "on", "aino@example.com",
)  # fmt: skip
KINDS = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B", "text/plain",
    "application/json; charset=utf-16", "application/x-www-form-urlencoded; charset=x", "",
    "multipart/form-data",
)  # fmt: skip


def mutant(sort: str, sends: Mapping[str, object], dice: Random) -> Sent:
    """Change one to three things of a good body; at times its bytes, at times what it is said to be."""
    values = dict(sends)
    for _ in range(dice.randint(0, 3)):
        _change(values, dice)
    sent = _written(sort, values, dice)
    content = mutated(sent.content, dice) if dice.random() < 0.35 else sent.content
    return Sent(dice.choice(KINDS) if dice.random() < 0.05 else sent.kind, content)


def _change(values: dict[str, object], dice: Random) -> None:
    names = [*values, "surprise"]
    name = dice.choice(names)
    inner = values.get(name)
    if isinstance(inner, dict) and dice.random() < 0.7:
        values[name] = changed = dict(inner)
        _change(changed, dice)
    elif dice.random() < 0.2:
        values.pop(name, None)
    else:
        values[name] = _deep(dice) if dice.random() < 0.05 else dice.choice(STRANGE)


def _deep(dice: Random) -> object:
    value: object = "x"
    for _ in range(dice.choice((8, 31, 40, 200))):
        value = [value]
    return value


def _written(sort: str, values: Mapping[str, object], dice: Random) -> Sent:
    if sort == "json":
        return Sent("application/json", json.dumps(values, ensure_ascii=dice.random() < 0.5).encode())
    if sort == "form":
        pairs = [(name, one) for name, value in values.items() for one in _many(value)]
        return Sent("application/x-www-form-urlencoded", urlencode(pairs, errors="replace").encode())
    name, kind = (
        dice.choice(("new.png", "../x", "", "a" * 300, "x\0y")),
        dice.choice(("image/png", "text/html", "")),
    )
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{str(value)[:9000]}\r\n'
        for field, value in values.items()
    )
    said = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {kind}'
    head = f"--{BOUNDARY}\r\n{said}\r\n\r\n"
    file = PICTURE[: dice.choice((0, 8, 60, len(PICTURE), len(PICTURE)))]
    tail = f"\r\n--{BOUNDARY}--\r\n"
    return Sent(
        f"multipart/form-data; boundary={BOUNDARY}",
        parts.encode("utf-8", "replace") + head.encode() + file + tail.encode(),
    )


def _many(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value[:300]]
    return [str(value)]
