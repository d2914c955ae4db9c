"""Whether the organisation lets its advisers hide the room behind them, or has them do so."""

from enum import StrEnum

from signalling.participant import Role


class PictureRule(StrEnum):
    OFF = "off"
    """Cameras go as they are."""

    OFFERED = "offered"
    """Whoever wants it hides their room, or themselves."""

    FORCED = "forced"
    """An adviser's room is never seen; customers choose."""

    def of(self, role: Role) -> "PictureRule":
        """Return what holds for one side: nobody forces a customer."""
        return self.OFFERED if self is self.FORCED and role is Role.CUSTOMER else self
