"""The frames sent through both relays: what two browsers say when they look for a way to each other."""

import json
from itertools import count

CANDIDATES_A_DESCRIPTION = 60
"""PROTOCOL.md allows 64 after each description; so a description comes before every sixty."""

_GAP = "GAP"
_SDP = """v=0
o=- 4611732012345678901 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 63 111
c=IN IP4 0.0.0.0
a=ice-ufrag:Xk3d
a=ice-pwd:aB3dE5fG7hI9jK1lM3nO5pQ7
a=mid:0
a=msid:GAP voice
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
""".replace("\n", "\r\n")


class Frames:
    """What one end says to the other: a description, sixty candidates, and again."""

    def __init__(self, to: str) -> None:
        offer = {"type": "offer", "sdp": _SDP}
        candidate = f"candidate:1 1 udp 2122260223 {_GAP}.local 51234 typ host generation 0 network-id 1"
        told = {"candidate": candidate, "sdpMid": "0", "usernameFragment": "Xk3d", "sdpMLineIndex": 0}
        self._description = _around_gap({"type": "description", "to": to, "description": offer})
        self._candidate = _around_gap({"type": "candidate", "to": to, "candidate": told})
        self._numbers = count()

    def next(self, mark: str) -> str:
        """Return a frame of constant length around a mark."""
        is_first = next(self._numbers) % (CANDIDATES_A_DESCRIPTION + 1) == 0
        before, behind = self._description if is_first else self._candidate
        return before + mark + behind


def _around_gap(message: dict[str, object]) -> tuple[str, str]:
    """Write a message once, for a mark to be put into: the generator must not cost what a server does."""
    before, _, behind = json.dumps(message, separators=(",", ":")).partition(_GAP)
    return before, behind
