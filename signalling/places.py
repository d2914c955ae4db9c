"""For which media there is a place between two: a voice, a picture, a channel, and a screen of the staff."""

from signalling.errors import BadMessage
from signalling.sdp import Sdp, Section
from signalling.seat import Seat

MOST = {"audio": 1, "video": 2, "application": 1}
"""So many sections of a kind may a description have. The second picture is a screen, where one may be."""


def require_places(sdp: Sdp, seat: Seat, peer: Seat) -> None:
    """Refuse media for which there is no place: a second picture is a screen, which the staff alone send.

    Raises BadMessage.
    """
    kinds = [section.kind for section in sdp.sections]
    if any(kinds.count(kind) > most for kind, most in MOST.items()):
        raise BadMessage("description.sdp")
    screens = [section for section in sdp.sections if section.kind == "video"][1:]
    has_place = seat.who.is_staff or peer.who.is_staff
    if any(not has_place or (_sends(each) and not seat.who.is_staff) for each in screens):
        raise BadMessage("description.sdp")


def _sends(section: Section) -> bool:
    """What is rejected sends nothing, unless it is to travel with another (RFC 8843, 6)."""
    names = {each.name for each in section.attributes}
    is_rejected = section.is_rejected and "bundle-only" not in names
    return not is_rejected and names.isdisjoint({"recvonly", "inactive"})
