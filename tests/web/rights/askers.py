"""Everybody who may come to a route, each with what they hold in their hands."""

from enum import Enum


class Asker(Enum):
    """One kind of asker; those with a link hold their own, all others try one that there is not."""

    NOBODY = "nobody"
    OLD_LINK = "Aino's link after it was revoked"
    AINO = "Aino with her link, not come in"
    AINO_IN = "Aino behind the door, not identified"
    AINO_KNOWN = "Aino behind the door, identified"
    AINO_FORWARDED = "Aino's link in Kullervo's browser, which is behind his own door"
    KULLERVO = "Kullervo, identified at his own appointment, who names what is Aino's"
    ILMARI = "the adviser"
    AINIKKI = "an adviser of the same team"
    LOUHI = "an adviser of another team"
    ADMIN = "an admin of the team"
    OPERATOR = "an operator"
    SIGNED_OUT = "the adviser's browser after it signed out"
    KEY_BOOKING = "a program for booking"
    KEY_STATISTICS = "a program for statistics"
    KEY_PEOPLE = "a program for people"
    KEY_ALL = "a program for everything"
    KEY_REVOKED = "a program whose key was revoked"


HOLDERS = (Asker.AINO, Asker.AINO_IN, Asker.AINO_KNOWN, Asker.AINO_FORWARDED)
"""Those who hold Aino's link."""

SIGNED_IN = (Asker.ILMARI, Asker.AINIKKI, Asker.LOUHI, Asker.ADMIN, Asker.OPERATOR)
KEYS = {
    Asker.KEY_BOOKING: ("booking",),
    Asker.KEY_STATISTICS: ("statistics",),
    Asker.KEY_PEOPLE: ("people",),
    Asker.KEY_ALL: ("all",),
    Asker.KEY_REVOKED: ("all",),
}

MAY_KNOW_AINO = frozenset(
    {*HOLDERS, Asker.ILMARI, Asker.AINIKKI, Asker.ADMIN, Asker.KEY_BOOKING, Asker.KEY_ALL}
)
"""Who may read of Aino anywhere; all others must not see a word of hers in any answer."""
