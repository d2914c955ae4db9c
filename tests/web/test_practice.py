"""Practice's pages, with a real media process behind and a real peer in front."""

from itertools import pairwise
from uuid import uuid4

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription

from booking.fact import Actor, Fact, FactKind
from signalling.precall.verdict import Advice
from tests.signalling.practice.test_peer import a_browser
from tests.web.house import NOW
from tests.web.test_precall import Visitor, aino, demo, media
from web.pages.practice_text import wait_in_words
from web.pages.stage_words import PRACTISED, last_verdict

__all__ = ["aino", "demo", "media"]  # fixtures, which pytest finds by their names here

CLAIMED = {"audio_returned": True, "round_trip_ms": 12.0, "failure": "no_camera", "greeting": True}


async def begun(aino: Visitor, browser: RTCPeerConnection) -> str:
    """Take the place that is free, and begin with it."""
    _, place = await aino.post("/practice/place", {})
    assert (place["is_free"], place["words"]) == (True, "")
    offer = {"sdp": browser.localDescription.sdp, "ticket": place["ticket"]}
    status, answer = await aino.post("/practice/offer", offer)
    assert status == 200
    await browser.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    return str(answer["id"])


async def test_result_from_an_appointments_link_is_a_fact_and_from_nowhere_none(aino: Visitor) -> None:
    own = f"/a/{aino.token}/practice"
    assert [(await aino.get(page))[0] for page in (own, "/practice")] == [200, 200]

    for address in ("/practice", own):
        async with a_browser() as browser:
            test_id = await begun(aino, browser)
            status, heard = await aino.post("/practice/listen", {"test_id": test_id, "wanted": "sound"})
            assert (status, heard) == (200, {"heard": True})
            _, judged = await aino.post(f"{address}/result?lang=en", {**CLAIMED, "test_id": test_id})
            assert judged["verdict"] == "You are ready. One thing would make it better"
            kept = [
                (fact.at, fact.detail["is_practice"], fact.detail["advice"]) for fact in await aino.kept()
            ]
            assert kept == ([] if address == "/practice" else [(NOW, True, "connect_camera")])


async def test_microphone_that_the_adviser_did_not_hear_is_not_believed(aino: Visitor) -> None:
    _, judged = await aino.post("/practice/result?lang=en", {**CLAIMED, "test_id": "never-begun"})

    assert (judged["kind"], judged["verdict"]) == ("poor", "One thing to mend")


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("place", {"ticket": "x" * 33}),
        ("place", {"ticket": 7}),
        ("offer", {"sdp": 1}),
        ("listen", {"test_id": "../place", "wanted": "sound"}),
        ("listen", {"test_id": "x", "wanted": "secrets"}),
        ("result", {**CLAIMED, "greeting": "perhaps"}),
        ("result", {**CLAIMED, "sound": True}),
    ],
)
async def test_what_a_page_would_not_send_is_refused(
    aino: Visitor, step: str, wrong: dict[str, object]
) -> None:
    status, _ = await aino.post(f"/practice/{step}", wrong)

    assert status == 422


async def test_nobody_listens_at_a_practice_that_is_over(aino: Visitor) -> None:
    status, heard = await aino.post("/practice/listen", {"test_id": "over", "wanted": "silence"})

    assert (status, heard) == (200, {"heard": False})


async def test_address_that_asks_for_places_without_end_is_told_to_wait(aino: Visitor) -> None:
    told = {(await aino.post("/practice/place", {}))[0] for _ in range(245)}

    assert told == {200, 429}


def test_wait_is_told_in_words_that_grow_with_it() -> None:
    words = [wait_in_words(seconds, "en") for seconds in (0, 30, 60, 150, 600)]

    assert words[0] == ""
    assert all(before != after for before, after in pairwise(words))
    assert "about half a minute" in words[1]
    assert "about 10 minutes" in words[4]


@pytest.mark.parametrize("advice", Advice)
def test_desk_tells_in_a_few_words_what_a_practice_came_to(advice: Advice) -> None:
    detail = {"verdict": "usable", "advice": advice.value, "is_practice": True}
    kind, by = FactKind.CONNECTION_TESTED, Actor.CUSTOMER
    fact = Fact(appointment_id=uuid4(), at=NOW, kind=kind, by=by, detail=detail, seq=1)

    assert last_verdict([fact]) == (PRACTISED[advice], "warn")
