"""Let the customer's phone show something at the table, beside their own camera, and end it."""

from signalling.errors import BadMessage, NotAdmitted, NotForRole
from signalling.meeting import Meeting
from signalling.participant import Role
from signalling.request import AskIce, Candidate, Describe, Leave, Ping, Request
from signalling.sdp import Sdp, Section
from signalling.seat import Seat
from signalling.second_camera import SecondCamera
from signalling.step import Step, joined

SAID_BY_A_CAMERA = (Describe, Candidate, AskIce, Ping, Leave)
_OUT, _IN = frozenset({"sendonly", "inactive"}), frozenset({"recvonly", "inactive"})
_WAYS = frozenset({"sendrecv", "sendonly", "recvonly", "inactive"})


def ask_camera(meeting: Meeting, customer: Seat, camera: SecondCamera) -> Step:
    """Let a phone come for the customer who asks; one that was let before is over with that.

    Raises NotAdmitted, and NotForRole for everybody else.
    """
    if not customer.is_admitted:
        raise NotAdmitted
    if customer.who.role is not Role.CUSTOMER:
        raise NotForRole
    over = meeting.camera_over()
    meeting.camera = camera
    return joined((over, Step(is_changed=True)))


def end_camera(meeting: Meeting, customer: Seat) -> Step:
    """End it for good: to show again takes a new link. Raises NotForRole for everybody but the customer."""
    if customer.who.role is not Role.CUSTOMER:
        raise NotForRole
    return meeting.camera_over()


def check_request(seat: Seat, request: Request) -> None:
    """Raises NotForRole for what a camera has no business to say: it is nobody at the table."""
    if seat.who.role is Role.CAMERA and not isinstance(request, SAID_BY_A_CAMERA):
        raise NotForRole


def check_media(sender: Seat, reader: Seat, sdp: Sdp) -> None:
    """Raises BadMessage unless a camera sends one picture and nothing else, and nothing is sent to it."""
    for camera, ways in ((sender, _OUT), (reader, _IN)):
        if camera.who.role is Role.CAMERA and [_way(each) in ways for each in sdp.sections] != [True]:
            raise BadMessage("description.sdp")


def _way(section: Section) -> str | None:
    """Return which way a picture goes by what is said of it; None for anything else, or said twice."""
    said = [each.name for each in section.attributes if each.name in _WAYS]
    return said[0] if section.kind == "video" and len(said) == 1 else None
