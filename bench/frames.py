"""The frames sent through both relays: what two browsers say when they look for a way to each other."""

import json
from itertools import count

CANDIDATES_A_DESCRIPTION = 60
"""PROTOCOL.md allows 64 after each description; so a description comes before every sixty."""

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
a=msid:{mark} voice
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
""".replace("\n", "\r\n")


class Frames:
    """What one end says to the other: a description, sixty candidates, and again."""

    def __init__(self, to: str) -> None:
        self._to = to
        self._numbers = count()

    def next(self, mark: str) -> str:
        """Return a frame of constant length around a mark."""
        if next(self._numbers) % (CANDIDATES_A_DESCRIPTION + 1) == 0:
            said = {"type": "offer", "sdp": _SDP.format(mark=mark)}
            return _frame({"type": "description", "to": self._to, "description": said})
        line = f"candidate:1 1 udp 2122260223 {mark}.local 51234 typ host generation 0 network-id 1"
        said = {"candidate": line, "sdpMid": "0", "usernameFragment": "Xk3d"}
        return _frame({"type": "candidate", "to": self._to, "candidate": {**said, "sdpMLineIndex": 0}})


def _frame(message: dict[str, object]) -> str:
    return json.dumps(message, separators=(",", ":"))
