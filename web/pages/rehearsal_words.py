"""What comes by itself, in the staff's words."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.coming import Happening
from web.i18n import N_

HAPPENINGS: Mapping[Happening, str] = MappingProxyType(
    {
        Happening.DOOR: N_("The door opens"),
        Happening.CLOSING: N_("The appointment is closed"),
        Happening.HOLD_ENDS: N_("A time that is being booked is free again"),
        Happening.OFFER_ENDS: N_("An offered time is let go"),
    }
)
ICONS: Mapping[Happening, str] = MappingProxyType(
    {
        Happening.LETTER: "bell",
        Happening.DOOR: "video",
        Happening.CLOSING: "check",
        Happening.HOLD_ENDS: "clock",
        Happening.OFFER_ENDS: "clock",
    }
)
