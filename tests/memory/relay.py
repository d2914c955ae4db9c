"""The twin of a TURN server's access: remembers whom it was told to serve, and no longer to serve."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from signalling.ice import IceServer


@dataclass(slots=True)
class MemoryRelay:
    """Fulfils RelayAccess."""

    granted: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)

    async def grant(self, servers: Sequence[IceServer]) -> None:
        self.granted += [server.username for server in servers if server.username]

    def revoke(self, owner: str) -> None:
        self.revoked.append(owner)
