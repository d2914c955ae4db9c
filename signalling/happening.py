"""What a meeting tells the appointment's history, in words equal to the contract's fact kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from signalling.participant import Role

Detail: TypeAlias = Mapping[str, str | int | float | bool | None]


class Happening(StrEnum):
    ADVISER_READY = "adviser_ready"
    HINDERED = "hindered"
    READY = "ready"
    ADMITTED = "admitted"
    SENT_BACK = "sent_back"
    STATED = "stated"
    CALLED_IN = "called_in"
    CONSENTED = "consented"
    NOT_CONSENTED = "not_consented"
    JOINED = "joined"
    GUEST_LEFT = "guest_left"
    HANDED_OVER = "handed_over"
    MEDIA_CONNECTED = "media_connected"
    MEDIA_FAILED = "media_failed"
    IDENTIFICATION_LOST = "identification_lost"
    DOCUMENT_SHOWN = "document_shown"
    SCREEN_SHARED = "screen_shared"
    SCREEN_ENDED = "screen_ended"
    LEFT = "left"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened; `by` is the role of whoever did it, the detail holds codes and ids only."""

    what: Happening
    by: Role
    at: datetime
    detail: Detail = field(default_factory=dict)
