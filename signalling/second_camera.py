"""The customer's phone as a second camera: whose it is, how it stands, and what its owner is told of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from signalling.message import Message

OPENS_WITHIN = timedelta(minutes=10)
"""So long does a link wait for the phone that is to open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCamera:
    """`id` is as whom the phone speaks, `owner` the customer who asked for it; it is nobody by itself."""

    id: UUID
    owner: UUID
    made_at: datetime
    has_come: bool = False

    def is_too_late(self, now: datetime) -> bool:
        return not self.has_come and now - self.made_at >= OPENS_WITHIN


class CameraState(StrEnum):
    """How it stands: a link waits; the phone shows; it shows nothing now, and may again; or it is over."""

    ASKED = "asked"
    SHOWN = "shown"
    RESTS = "rests"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Camera:
    """The customer wants to show something by their phone; not `on`: no more."""

    on: bool


class CameraLink(Message, frozen=True, tag="camera_link"):
    """To the customer who asks: the link, told once and kept as a hash, and its QR code as an SVG path.

    `size` is the code's number of cells a side, with the quiet zone.
    """

    link: str
    size: int
    path: str


class CameraTold(Message, frozen=True, tag="camera"):
    """To the customer whose phone it is."""

    state: CameraState
