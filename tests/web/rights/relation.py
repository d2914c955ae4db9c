"""How what is named stands to who asks: what another team has, and what there is not."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from identity.permission import Right, Role, may
from server.demo_data import HEALTH, LOUHI
from tests.web.rights.askers import HOLDERS, KEYS, Asker
from tests.web.rights.planted import (
    HEALTH_CALL,
    JOUKAHAINEN_HOLDS,
    JOUKAHAINEN_ID,
    JOUKAHAINENS_PAPER,
    LOUHIS_DISRUPTION,
    LOUHIS_INVITATION,
    LOUHIS_MESSAGE,
)
from tests.web.rights.row import Row
from web.rights import Needs, Scope, Watching, Way

Named = Mapping[str, object]


class Relation(Enum):
    """What the table does not say: its rows are about Aino's, which is Ilmari's own and Ainikki's team's."""

    FOREIGN = "another team's"
    ABSENT = "nobody's: there is none"


THEIRS: Named = {
    "appointment_id": JOUKAHAINEN_ID,
    "document_id": JOUKAHAINENS_PAPER,
    "offering_id": HEALTH_CALL,
    "staff_id": LOUHI,
    "team_id": HEALTH,
    "message_id": LOUHIS_MESSAGE,
    "invitation_id": LOUHIS_INVITATION,
    "disruption_id": LOUHIS_DISRUPTION,
    "hold_id": JOUKAHAINEN_HOLDS,
}
NONE: Named = dict.fromkeys(
    [*THEIRS, "letter_id", "subscriber_id", "photo_id", "sentence_id", "tag_id"], UUID(int=7, version=4)
)
IN_BODIES = {
    "offering": "offering_id",
    "offering_id": "offering_id",
    "adviser": "staff_id",
    "appointment": "appointment_id",
}
"""What a query or a body calls the things that addresses name too."""

ROLES = {
    Asker.ILMARI: Role.ADVISER,
    Asker.AINIKKI: Role.ADVISER,
    Asker.LOUHI: Role.ADVISER,
    Asker.ADMIN: Role.ADMIN,
    Asker.OPERATOR: Role.OPERATOR,
}


def names(route: tuple[str, str], row: Row) -> set[str]:
    """Name the things that a route is asked about, in its address, its query and its body."""
    told = {*re.findall(r"\{(\w+)\}", route[1])}
    told |= {IN_BODIES.get(name, "") for name, value in [*_queried(row), *(row.sends or {}).items()] if value}
    return told & NONE.keys()


def naming(row: Row, asker: Asker, relation: Relation) -> dict[str, Any]:
    """Return with what a route is asked when what is named stands in this relation to the asker."""
    things = _things(asker, relation)

    def named(name: str, value: object) -> object:
        return things.get(IN_BODIES.get(name, ""), value) if value else value

    query = "&".join(f"{name}={named(name, value)}" for name, value in _queried(row))
    sends = {name: _told(named(name, value)) for name, value in (row.sends or {}).items()}
    return {"named": things, "query": query, "sends": None if row.sends is None else sends}


def is_let_in(asker: Asker, needs: Needs | None) -> bool:
    """Tell whether the product's own table lets somebody come to the handler at all."""
    match needs:
        case Right() as right:
            return asker in ROLES and may(ROLES[asker], right)
        case Watching(right):
            return is_let_in(asker, right)
        case Scope(name):
            return asker is not Asker.KEY_REVOKED and bool({name, "all"} & {*KEYS.get(asker, ())})
        case Way.LINK:
            return asker in HOLDERS or asker is Asker.KULLERVO
        case _:
            return True


def _things(asker: Asker, relation: Relation) -> Named:
    if relation is Relation.ABSENT:
        return NONE
    return {} if asker is Asker.LOUHI else THEIRS  # what the rows are about is another team's to Louhi


def _queried(row: Row) -> list[tuple[str, str]]:
    return parse_qsl(row.query)


def _told(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
