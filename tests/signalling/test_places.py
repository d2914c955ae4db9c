"""Which media have a place in a description: one picture of each, and a screen of the staff."""

import pytest

from signalling.errors import BadMessage
from signalling.message import DescriptionTold
from signalling.request import Describe, DescriptionType
from signalling.sdp import read_sdp
from tests.signalling.people import AINO, ILMARI, LOUHI, SECTION, Scene, at_the_table, told
from tests.signalling.test_handing_over import beside
from tests.signalling.test_inviting import MAIJA, with_maija

HEAD = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"


def picture(mid: int, *attributes: str, port: int = 9) -> str:
    told_of_it = "".join(f"a={each}\r\n" for each in (f"mid:{mid}", *attributes))
    return f"m=video {port} UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n{told_of_it}a=rtpmap:96 VP8/90000\r\n"


def offer(*pictures: str) -> Describe:
    return Describe(AINO.id, DescriptionType.OFFER, read_sdp(HEAD + SECTION + "".join(pictures)))


def from_aino(*pictures: str) -> Describe:
    said = offer(*pictures)
    return Describe(ILMARI.id, said.type, said.sdp)


CAMERA = picture(1, "sendrecv")


def test_an_advisers_screen_goes_to_the_customer_beside_the_camera() -> None:
    step = at_the_table().says(ILMARI, offer(CAMERA, picture(2, "sendonly")))

    assert [type(message) for message in told(step, AINO)] == [DescriptionTold]


def test_a_third_picture_goes_nowhere() -> None:
    with pytest.raises(BadMessage, match=r"description\.sdp"):
        at_the_table().says(ILMARI, offer(CAMERA, picture(2, "sendonly"), picture(3, "recvonly")))


@pytest.mark.parametrize("direction", ["recvonly", "inactive"])
def test_a_customer_takes_a_screen(direction: str) -> None:
    step = at_the_table().says(AINO, from_aino(CAMERA, picture(2, direction)))

    assert [message.type for message in told(step, ILMARI)][-1:] == ["description"]


def test_a_customer_rejects_a_screen() -> None:
    step = at_the_table().says(AINO, from_aino(CAMERA, picture(2, "sendrecv", port=0)))

    assert [message.type for message in told(step, ILMARI)][-1:] == ["description"]


@pytest.mark.parametrize(
    "screen", [picture(2, "sendrecv"), picture(2), picture(2, "sendonly", "bundle-only", port=0)]
)
def test_a_customer_sends_no_second_picture(screen: str) -> None:
    scene = at_the_table()

    with pytest.raises(BadMessage, match=r"description\.sdp"):
        scene.says(AINO, from_aino(CAMERA, screen))

    assert scene.meeting.seats[AINO.id].descriptions == 0


def test_between_customer_and_guest_there_is_no_screen() -> None:
    said = offer(CAMERA, picture(2, "recvonly"))

    with pytest.raises(BadMessage, match=r"description\.sdp"):
        with_maija().says(AINO, Describe(MAIJA.id, said.type, said.sdp))


def test_two_of_the_staff_have_one_place_for_either_screen() -> None:
    scene: Scene = beside()
    said = offer(CAMERA, picture(2, "sendrecv"))

    step = scene.says(LOUHI, Describe(ILMARI.id, said.type, said.sdp))

    assert [message.type for message in told(step, ILMARI)] == ["description"]
