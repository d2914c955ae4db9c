"""Descriptions are read and written anew: what browsers say gets through, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalling.candidate import Malformed
from signalling.sdp import MOST_CANDIDATES, MOST_FORMATS, MOST_SECTIONS, read_sdp, write_sdp
from tests.signalling.people import SECTION, sdp

BROWSERS = sorted((Path(__file__).parent / "browsers").glob("*.sdp"))
"""What real ones said with a microphone, a camera, a second picture in two sizes, and a data channel."""
HEAD = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"


def said(path: Path) -> str:
    return path.read_bytes().decode().replace("\r\n", "\n").replace("\n", "\r\n")


def lines(text: str) -> set[str]:
    return set(text.split("\r\n"))


@pytest.mark.parametrize("path", BROWSERS, ids=lambda path: path.stem)
def test_nothing_is_lost_of_what_a_browser_says_but_addresses_outside_candidates(path: Path) -> None:
    text = said(path)
    assert len(lines(text)) > 50  # it is there to be lost

    lost = lines(text) - lines(write_sdp(read_sdp(text)))

    assert {line[:2] for line in lost if not line.startswith("a=rtcp:")} <= {"o=", "c=", "m="}


@pytest.mark.parametrize("path", BROWSERS, ids=lambda path: path.stem)
def test_what_was_written_is_read_as_the_same(path: Path) -> None:
    read = read_sdp(said(path))

    assert read_sdp(write_sdp(read)) == read


def test_ports_and_addresses_lead_to_the_candidates_alone() -> None:
    text = HEAD + (
        "m=audio 5000 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 203.0.113.9\r\na=rtcp:5001 IN IP4 203.0.113.9\r\n"
        "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n"
    )

    assert write_sdp(read_sdp(text)) == HEAD + (
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n"
        "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
        "a=identity:eyJpZHAiOnsiZG9tYWluIjoiZXhhbXBsZS5vcmcifX0=",
        "a=tool:spy 1.0",
        "a=x-google-flag:conference",
        "i=who I am",
        "k=clear:secret",
        "b=X-WIDE:1",
    ],
)
def test_what_is_not_on_the_list_is_left_behind(line: str) -> None:
    assert sdp(line) == sdp()


def test_author_and_name_of_a_description_are_left_behind() -> None:
    text = "v=0\r\no=aino 1 2 IN IP4 10.0.0.5\r\ns=Aino's laptop\r\nt=0 0\r\n"

    assert write_sdp(read_sdp(text)) == HEAD


MALFORMED = {
    "not at all": "hello",
    "another version": HEAD.replace("v=0", "v=1"),
    "without an origin": "v=0\r\ns=-\r\n",
    "an empty line in the middle": HEAD + "\r\n" + SECTION,
    "a sign that is not printable": HEAD + "a=group:BUNDLE\x00\r\n",
    "a line feed of another kind": HEAD + "a=ice-lite\u2028a=x\r\n",
    "a long line": HEAD + "a=tool:" + "x" * 1_024,
    "many lines": HEAD + "a=ice-lite\r\n" * 1_500,
    "many sections": HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" * (MOST_SECTIONS + 1),
    "many payload types": HEAD + f"m=audio 9 UDP/TLS/RTP/SAVPF {' '.join(map(str, range(MOST_FORMATS + 1)))}",
    "a payload type twice": HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111 111",
    "a payload type of nine bits": HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 300",
    "media in the clear": HEAD + "m=audio 9 RTP/AVP 0",
    "a kind that is none": HEAD + "m=image 9 udptl t38",
    "a channel among payload types": HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF webrtc-datachannel",
    "a port of seventeen bits": HEAD + "m=audio 70000 UDP/TLS/RTP/SAVPF 111",
    "two sections of one name": HEAD + SECTION + SECTION,
    "a bundle of what is not there": HEAD + "a=group:BUNDLE 7\r\n" + SECTION,
    "a fingerprint that is none": HEAD + "a=fingerprint:sha-256 A5",
    "a fingerprint without its hash": HEAD + "a=fingerprint:" + ":".join(["A5"] * 32),
    "a short password": HEAD + "a=ice-pwd:short",
    "a clock rate of ten digits": HEAD + SECTION + "a=rtpmap:111 opus/4800000000",
    "a candidate that is none": HEAD + SECTION + "a=candidate:1 1 udp 1 somewhere over the rainbow",
    "many candidates": HEAD
    + SECTION
    + "a=candidate:1 1 udp 1 8.8.8.8 5000 typ host\r\n" * (MOST_CANDIDATES + 1),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_description_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Malformed):
        read_sdp(text)


@given(st.data(), st.sampled_from(BROWSERS))
def test_any_change_of_a_browsers_word_is_read_or_refused(data: st.DataObject, path: Path) -> None:
    text = said(path)
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 40))
    changed = text[:start] + data.draw(st.text(max_size=20)) + text[start + length :]

    try:
        read = read_sdp(changed)
    except Malformed:
        return

    assert read_sdp(write_sdp(read)) == read
