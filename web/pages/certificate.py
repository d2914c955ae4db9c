"""What a form to identify brings along: the certificate of its browser, and why it is asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, StringConstraints

from identity.assurance import Assurance
from identity.door_session import LASTS
from identity.login_attempt import LoginAttempt, Purpose
from web.pages.visit import Visit

Fingerprint = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{64})?$")]
"""The SHA-256 of a certificate in hex, or nothing from a browser that tells none."""


Level = Literal["", "low", "substantial", "high"]
_LEVELS: Mapping[Assurance, Level] = MappingProxyType(
    {
        Assurance.NONE: "",
        Assurance.LOW: "low",
        Assurance.SUBSTANTIAL: "substantial",
        Assurance.HIGH: "high",
    }
)


class Wanted(BaseModel):
    """Fields of every form that begins an identification; the fingerprint needs JavaScript."""

    fingerprint: Fingerprint = ""
    reason: Literal["", "meeting"] = ""
    level: Level = ""

    @property
    def again(self) -> str:
        """Return the query with which a further page asks for the same; each page tells its fingerprint."""
        said = {"reason": self.reason, "level": self.level}
        query = urlencode({name: text for name, text in said.items() if text})
        return f"?{query}" if query else ""

    @property
    def certificate(self) -> bytes | None:
        return bytes.fromhex(self.fingerprint) if self.fingerprint else None

    @property
    def asked(self) -> Assurance:
        return Assurance.of(self.level) if self.level else Assurance.NONE

    def purpose(self, *, has_come_in: bool) -> Purpose:
        """Who has not come in by the door, proves who booked; only who is behind it can be in a meeting."""
        if not has_come_in:
            return Purpose.BOOKING
        return Purpose.MEETING if self.reason else Purpose.DOOR


def wanted_again(attempt: LoginAttempt) -> Wanted:
    """Return what begins a failed attempt anew; the browser tells its fingerprint again."""
    if attempt.purpose is not Purpose.MEETING:
        return Wanted()
    return Wanted(reason="meeting", level=_LEVELS[attempt.asked])


def certificate_place(found: Visit) -> dict[str, object]:
    """Tell under which name a browser keeps its certificate, and until when.

    The name is the appointment's id, which opens nothing; the end, in
    milliseconds, is when nobody behind the door can still be there.
    """
    ends_at = found.appointment.span.end + LASTS
    return {"key": str(found.appointment.id), "until": int(ends_at.timestamp() * 1000)}
