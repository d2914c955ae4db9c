"""What a broken or hostile client says: frames that are none, wrong messages, and right ones too early."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import uuid4

from bench.frames import Frames

Said = dict[str, Any]

NO_OBJECTS = (
    "{",
    "[]",
    "null",
    "7",
    '"hello"',
    '{"type": NaN}',
    '{"type": "ping", "type": "end"}',
    "\0",
    "[" * 60,
)
"""Each of these closes the socket."""


def wrong(random: Random) -> Iterator[str]:
    """Make JSON objects that are no messages, each of another kind, without end."""
    whole = Frames(str(uuid4()))
    while True:
        yield json.dumps(random.choice(_WRONG))
        frame = json.loads(whole.next("mark"))
        yield json.dumps(_broken(frame, random))


def too_early() -> Iterator[str]:
    """Say right messages where they have no place: all are for the table, or for an adviser alone."""
    somebody = str(uuid4())
    frames = Frames(somebody)
    while True:
        yield frames.next("mark")
        for said in _FOR_THE_TABLE:
            yield json.dumps(said | ({"participant": somebody} if said["type"] in _ABOUT else {}))


def _broken(frame: Said, random: Random) -> Said:
    """Put something else in the place of one field, or of one inside it."""
    name = random.choice([each for each in frame if each != "type"])
    inner = frame[name]
    if isinstance(inner, dict) and random.random() < 0.8:
        return frame | {name: inner | {_needed(inner): random.choice(_ODD)}}
    return frame | {name: random.choice(_ODD)}


def _needed(inner: Said) -> str:
    """Name the field without which it is none: others may be left out, or be null."""
    return "sdp" if "sdp" in inner else "candidate"


_ODD: tuple[Any, ...] = (7, True, [], {}, "x" * 600, "candidate:", "v=0", "päivää", -1, 10**20, ["a"] * 50)
_WRONG: tuple[Said, ...] = (
    {},
    {"type": "nonsense"},
    {"type": 7},
    {"type": ["ping"]},
    {"type": "hello", "version": 2, "ticket": "again"},
    {"type": "text", "ref": "", "text": "no ref"},
    {"type": "text", "ref": "1", "text": "x" * 2_001},
    {"type": "text", "ref": "1", "text": " \n "},
    {"type": "page", "document": str(uuid4()), "page": 0},
    {"type": "page", "document": "../../etc/passwd", "page": 1},
    {"type": "document", "document": 1},
    {"type": "mute", "audio": "yes", "video": None},
    {"type": "media", "state": "splendid", "failure": None},
    {"type": "admit", "participant": "everybody"},
    {"type": "tell", "participant": str(uuid4()), "sentence": "<b>"},
    {"type": "arrival", "step": "flying"},
    {"type": "prove", "ticket": ""},
)
_ABOUT = frozenset({"admit", "refuse", "send_back", "ask_proof", "unbound"})
_FOR_THE_TABLE: tuple[Said, ...] = (
    {"type": "text", "ref": "1", "text": "Hei!"},
    {"type": "page", "document": str(uuid4()), "page": 1},
    {"type": "document", "document": str(uuid4())},
    {"type": "mute", "audio": True, "video": True},
    {"type": "media", "state": "connected", "failure": None},
    {"type": "ice"},
    {"type": "end"},
    {"type": "admit"},
    {"type": "refuse", "reason": "not_now"},
    {"type": "send_back"},
    {"type": "ask_proof", "assurance": "high"},
)
