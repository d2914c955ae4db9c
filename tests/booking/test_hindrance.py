"""What kept customers from coming in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from booking.fact import Actor, Detail, Fact, FactKind
from booking.hindrance import Hindrance, hindrances

DOOR: tuple[FactKind, Detail] = (FactKind.DOOR_OPENED, {})
ADMITTED: tuple[FactKind, Detail] = (FactKind.ADMITTED, {})
SILENT = (FactKind.HINDERED, {"failure": "microphone_silent"})
OLD = (FactKind.MEDIA_FAILED, {"failure": "devices_denied"})
CANCELLED = (FactKind.IDENTIFICATION_FAILED, {"reason": "cancelled", "purpose": "door"})
AT_THE_TABLE = (FactKind.IDENTIFICATION_FAILED, {"reason": "cancelled", "purpose": "meeting"})


def way(*happened: tuple[FactKind, Detail]) -> list[Fact]:
    began = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return [
        Fact(
            appointment_id=UUID(int=1),
            at=began + timedelta(seconds=n),
            kind=kind,
            by=Actor.ADVISER if kind is FactKind.ADMITTED else Actor.CUSTOMER,
            detail=detail,
        )
        for n, (kind, detail) in enumerate(happened)
    ]


def test_each_failure_counts_once_for_a_customer_and_tells_who_never_came_in() -> None:
    found = hindrances([way(DOOR, SILENT, SILENT, ADMITTED), way(DOOR, SILENT), way(DOOR, ADMITTED)])

    assert found.n == 3
    assert found.rows == [Hindrance(name="microphone_silent", is_identification=False, met=2, kept_out=1)]


def test_failures_of_the_table_and_of_who_never_came_do_not_count() -> None:
    found = hindrances([way(DOOR, ADMITTED, SILENT), way(DOOR, AT_THE_TABLE), way(SILENT)])

    assert (found.n, found.rows) == (2, [])


def test_names_of_earlier_releases_and_of_identification_stay_readable() -> None:
    found = hindrances([way(DOOR, OLD, CANCELLED)])

    assert [(row.name, row.is_identification) for row in found.rows] == [
        ("cancelled", True),
        ("devices_denied", False),
    ]
