"""STUN and TURN servers, with credentials that live for minutes (draft-uberti-behave-turn-rest-00)."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class IceServer:
    """A STUN or TURN server (W3C WebRTC, RTCIceServer)."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IcePolicy:
    """What the operator set: which servers, and what one side may learn of the other's network.

    `is_relay_only` sends all media through TURN, so that neither side sees an
    address of the other's. `hides_private` takes the private addresses of the
    organisation's side out of what it sends: browsers show them once the
    camera is allowed. `is_local` is a service for one machine, whose people meet
    at its loopback. Credentials last as long as a browser may take from their
    arrival to its last request for an allocation.
    """

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    lasts: timedelta = timedelta(minutes=2)
    is_relay_only: bool = False
    hides_private: bool = True
    is_local: bool = False
    meeting: UUID | None = None

    def of(self, meeting: UUID, *, relays: bool | None = None) -> Self:
        """Return the same for one meeting: what ends there goes on in another.

        `relays` says whether its media go through TURN alone; None: as the operator set it for all.
        """
        is_relay_only = self.is_relay_only if relays is None else relays
        return replace(self, meeting=meeting, is_relay_only=is_relay_only)

    def servers(self, participant_id: UUID, *, now: datetime) -> tuple[IceServer, ...]:
        """Return the servers for one participant, with credentials made for them now."""
        stun = (IceServer(self.stun_urls),) if self.stun_urls else ()
        if not self.turn_urls or not self.turn_secret:
            return stun
        username = f"{int((now + self.lasts).timestamp())}:{self.owner(participant_id)}"
        return (*stun, IceServer(self.turn_urls, username, credential(self.turn_secret, username)))

    def owner(self, participant_id: UUID) -> str:
        """Return a participant's name for a TURN server, whose log must not tell who was in which meeting."""
        place = self.meeting.bytes if self.meeting else b""
        return hashlib.sha256(place + participant_id.bytes).hexdigest()[:16]


def credential(secret: str, username: str) -> str:
    """Return what a TURN server with the same secret will expect of this user name."""
    return base64.b64encode(hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()).decode()
