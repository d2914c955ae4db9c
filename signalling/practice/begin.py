"""Which peer of ours a browser gets."""

from collections.abc import Sequence

from signalling.ice import IceServer
from signalling.practice.peer import PracticePeer
from signalling.practice.recording import Recording
from signalling.precall.echo import EchoPeer
from signalling.precall.peer import Peer
from signalling.precall.ports import Sort


class Stage:
    """Makes an end for a test, or the practice adviser."""

    def __init__(self, played: Recording) -> None:
        self._played = played

    def peer(self, sort: Sort, ice_servers: Sequence[IceServer] = ()) -> Peer:
        return EchoPeer(ice_servers) if sort is Sort.ECHO else PracticePeer(self._played, ice_servers)
