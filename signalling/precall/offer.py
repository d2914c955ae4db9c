"""Which offers a test takes: one microphone, at most one camera, one transport, few addresses."""

from collections.abc import Collection

from aiortc import InvalidAccessError, InvalidStateError
from aiortc.exceptions import InternalError, OperationError
from aiortc.sdp import SessionDescription

from signalling.precall.errors import BadOffer
from signalling.precall.ports import SDP_LIMIT_BYTES

CANDIDATE_LIMIT = 40
"""Candidates an offer may bring: each is an address that we send to, so a page must not bring a list."""

# What aiortc lets out of its parser and its states when a description is broken.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    InternalError,
    InvalidAccessError,
    InvalidStateError,
    OperationError,
)


def check_offer(sdp: str, directions: Collection[str] = ("sendrecv",)) -> None:
    """Refuse what is no offer of at most one microphone and one camera that we can answer."""
    if len(sdp.encode("utf-8", "replace")) > SDP_LIMIT_BYTES:
        raise BadOffer
    try:
        description = SessionDescription.parse(sdp)
    except UNREADABLE as broken:
        raise BadOffer from broken
    if not (_is_call(description, directions) and _is_bundled(description)):
        raise BadOffer


def _is_call(description: SessionDescription, directions: Collection[str]) -> bool:
    """Say whether it is one microphone and at most one camera, in allowed directions, with few addresses."""
    kinds = sorted(media.kind for media in description.media)
    candidates = sum(len(media.ice_candidates) for media in description.media)
    sends = all(media.direction in directions for media in description.media)
    return kinds in (["audio"], ["audio", "video"]) and sends and candidates <= CANDIDATE_LIMIT


def _is_bundled(description: SessionDescription) -> bool:
    """Say whether all goes over one transport: another bundle leaves aiortc with a peer it cannot close."""
    bundles = [group.items for group in description.group if group.semantic == "BUNDLE"]
    return bundles == [[media.rtp.muxId for media in description.media]]
