"""What happens in each kind of made-up appointment, in minutes from its start."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from booking.fact import Actor, Fact, FactKind
from booking.time_span import TimeSpan


def events(case: str, appointment_id: UUID, span: TimeSpan) -> Iterator[Fact]:
    for minutes, kind, by in _EVENTS[case]:
        at = span.start + timedelta(minutes=minutes)
        detail = {"failure": "media_not_connected"} if kind is FactKind.MEDIA_FAILED else {}
        yield Fact(appointment_id=appointment_id, at=at, kind=kind, by=by, detail=detail)


_READY = (-2.0, FactKind.ADVISER_READY, Actor.ADVISER)
_CAME = (
    (-6.0, FactKind.DOOR_OPENED, Actor.CUSTOMER),
    (-5.0, FactKind.READY, Actor.CUSTOMER),
)
_EVENTS: dict[str, tuple[tuple[float, FactKind, Actor], ...]] = {
    "met": (
        *_CAME,
        _READY,
        (0.5, FactKind.ADMITTED, Actor.ADVISER),
        (0.6, FactKind.MEDIA_CONNECTED, Actor.CUSTOMER),
        (0.6, FactKind.MEDIA_CONNECTED, Actor.ADVISER),
        (18.0, FactKind.ENDED, Actor.ADVISER),
    ),
    "no_show": (_READY, (3.1, FactKind.WAITED_FOR, Actor.SYSTEM)),
    "cancelled": ((-60.0 * 26, FactKind.CANCELLED, Actor.CUSTOMER),),
    "late_cancellation": ((-60.0 * 3, FactKind.CANCELLED, Actor.CUSTOMER),),
    "adviser_absent": _CAME,
    "media_failed": (*_CAME, _READY, (1.0, FactKind.MEDIA_FAILED, Actor.CUSTOMER)),
}
