"""A row of the table of rights, and the rules by which most rows are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tests.web.rights.askers import KEYS, SIGNED_IN, Asker

Expected = dict[Asker, int]
Sort = Literal["form", "json", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What everybody is answered; the text in braces is filled in by the house.

    `paper` is whose document an address names, `sends` what a POST brings along.
    """

    expected: Expected
    query: str = ""
    sort: Sort = "form"
    sends: Mapping[str, object] | None = None
    paper: Literal["customers", "advisers"] = "customers"


def everybody(status: int) -> Expected:
    return dict.fromkeys(Asker, status)


def by_link(status: int, **others: int) -> Expected:
    """Open to whoever holds a link that is in force; a link that is not leads nowhere, whoever asks."""
    mine = (Asker.AINO, Asker.AINO_IN, Asker.AINO_KNOWN, Asker.AINO_FORWARDED, Asker.KULLERVO)
    return everybody(404) | dict.fromkeys(mine, status) | {Asker[name]: told for name, told in others.items()}


def by_staff(status: int, *, signed_out: int, **others: int) -> Expected:
    """Open to the two advisers of the team; each of the others is answered as told."""
    rule = everybody(signed_out) | dict.fromkeys(SIGNED_IN, 403)
    rule |= {Asker.ILMARI: status, Asker.AINIKKI: status}
    return rule | {Asker[name]: told for name, told in others.items()}


def by_all_staff(status: int, *, signed_out: int) -> Expected:
    """Open to whoever is signed in, operators too: it is their own."""
    return everybody(signed_out) | dict.fromkeys(SIGNED_IN, status)


def by_admin(status: int, *, signed_out: int) -> Expected:
    """Open to admins alone."""
    return everybody(signed_out) | dict.fromkeys(SIGNED_IN, 403) | {Asker.ADMIN: status}


def by_key(status: int, scope: str) -> Expected:
    """Open to keys with a scope; cookies and links open nothing here."""
    rule = everybody(401)
    for asker, scopes in KEYS.items():
        rule[asker] = status if scope in scopes or "all" in scopes else 403
    return rule | {Asker.KEY_REVOKED: 401}
