"""How many meetings have each tag, with the names of the tags, for the admin's statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.tagged import tag_figures
from booking.time_span import TimeSpan
from booking.wording import WordingKind, found_among
from web.own_words import wording_text
from web.ports import Unit

TAG_COLUMNS = ("id", "tag", "meetings")


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    id: UUID
    name: str
    is_withdrawn: bool
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTable:
    """`n` meetings were looked back at, `tagged` of them with a tag."""

    n: int
    tagged: int
    rows: Sequence[TagRow]


async def tag_table(unit: Unit, within: TimeSpan, language: str) -> TagTable:
    """Count by the start of the appointment; a tag in use that no meeting has is none the less a line."""
    found = tag_figures(await unit.attendance.looked_back(within))
    wordings = await unit.wordings.all(WordingKind.TAG)
    counted = {row.tag_id: row.meetings for row in found.rows}
    unused = [one.id for one in wordings if one.id not in counted and not one.is_withdrawn]
    known = [(one, found_among(wordings, one)) for one in (*counted, *unused)]
    rows = [
        TagRow(
            id=tag_id,
            name=wording_text(one, language),
            is_withdrawn=one.is_withdrawn,
            meetings=counted.get(tag_id, 0),
        )
        for tag_id, one in known
        if one is not None
    ]
    return TagTable(n=found.n, tagged=found.tagged, rows=rows)


def tag_rows(table: TagTable) -> Sequence[tuple[str, str, int]]:
    return [(str(row.id), row.name, row.meetings) for row in table.rows]
