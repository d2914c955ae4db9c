"""Reading what a browser says: strict, total, and naming the field."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalling.errors import BadMessage, MeetingRefusal
from signalling.request import TYPES, Candidate, Describe, DescriptionType, Hello, Say, read, read_hello
from signalling.sdp import write_sdp
from tests.signalling.people import AINO, ILMARI, at_the_table, sdp

ID = str(UUID(int=10))
LONG = "x" * (32 * 1024 + 1)
_WORDS = st.sampled_from([ID, "offer", "failed"])
_PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=40) | _WORDS
_VALUES = st.recursive(_PLAIN, lambda inner: st.dictionaries(st.text(max_size=8), inner), max_leaves=8)
_NAMES = st.sampled_from(
    [
        "to",
        "participant",
        "description",
        "candidate",
        "sdp",
        "text",
        "ref",
        "page",
        "document",
        "audio",
        "video",
        "state",
    ]
)


def test_hello_is_read_with_what_may_be_left_out() -> None:
    assert read_hello({"type": "hello", "version": 1, "ticket": "t"}) == Hello(1, "t", "", 0)


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({}, "type"),
        ({"type": "fly"}, "type"),
        ({"type": "text", "ref": "1", "text": "x" * 2001}, "text"),
        ({"type": "text", "ref": "1", "text": " "}, "text"),
        ({"type": "text", "ref": "1", "text": "\ud800"}, "text"),
        ({"type": "admit", "participant": "aino"}, "participant"),
        ({"type": "page", "document": ID, "page": True}, "page"),
        ({"type": "mute", "audio": 1, "video": False}, "audio"),
        ({"type": "media", "state": "perfect"}, "state"),
        ({"type": "media", "state": "failed", "failure": "gremlins"}, "failure"),
        ({"type": "description", "description": {"type": "offer", "sdp": "v=0\nrm -rf"}}, "description.sdp"),
        ({"type": "description", "description": {"type": "offer", "sdp": LONG}}, "description.sdp"),
        (
            {"type": "description", "to": ID, "description": {"type": "offer", "sdp": "v=0"}},
            "description.sdp",
        ),
        ({"type": "candidate", "to": ID, "candidate": {"candidate": "x"}}, "candidate.candidate"),
        ({"type": "candidate", "to": ID, "candidate": "x"}, "candidate"),
    ],
)
def test_bad_message_is_refused_with_the_field_that_is_wrong(message: dict[str, Any], field: str) -> None:
    with pytest.raises(BadMessage) as refused:
        read(message)

    assert refused.value.field == field


def test_fields_that_are_not_in_the_protocol_are_left_behind() -> None:
    said = read(
        {
            "type": "candidate",
            "to": ID,
            "address": "10.0.0.1",
            "candidate": {"candidate": "", "sdpMid": "0", "foundation": "spy"},
        }
    )

    place = {"sdpMid": "0", "sdpMLineIndex": None, "usernameFragment": None}
    assert said == Candidate(UUID(int=10), None, place)


def test_description_is_read_into_its_parts() -> None:
    text = write_sdp(sdp())

    said = read({"type": "description", "to": ID, "description": {"type": "offer", "sdp": text}})

    assert said == Describe(UUID(int=10), DescriptionType.OFFER, sdp())


def test_text_of_two_thousand_characters_passes() -> None:
    assert read({"type": "text", "ref": "1", "text": "ä" * 2000}) == Say("1", "ä" * 2000)


@given(st.sampled_from(sorted(TYPES)), st.dictionaries(_NAMES, _VALUES, max_size=6))
def test_anything_is_either_answered_or_refused(kind: str, fields: dict[str, Any]) -> None:
    scene = at_the_table()
    for who in (AINO, ILMARI):
        try:
            scene.says(who, read({**fields, "type": kind}))
        except MeetingRefusal:
            continue
