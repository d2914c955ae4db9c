"""A meeting as JSON and back, so that a restart of the server sends nobody to the waiting room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from signalling.arrival import arrival_from, kept_arrival
from signalling.assurance import Level
from signalling.failure import Failure
from signalling.guest import Guest
from signalling.ice import IcePolicy
from signalling.meeting import Meeting
from signalling.message import DocumentLaid, TextSaid
from signalling.participant import Lost, Participant, Proof, Purpose, Role
from signalling.request import MediaState
from signalling.seat import Seat
from signalling.second_camera import SecondCamera
from signalling.sentence import Said
from signalling.statement import Stated, Statement
from signalling.table import Table


def written(meeting: Meeting) -> Mapping[str, object]:
    """Return JSON values. Of a meeting that is over, nothing is kept but that it is."""
    if meeting.is_over:
        return {"over": True}
    shown = meeting.table.shown
    return {
        "over": False,
        "met": meeting.has_met,
        "seats": [_seat(seat) for seat in meeting.seats.values()],
        "turned_away": {str(one): came.isoformat() for one, came in meeting.turned_away.items()},
        "confers": meeting.confers,
        "screen": str(meeting.screen) if meeting.screen else None,
        "guests": [_guest(guest) for guest in meeting.guests.values()],
        "camera": _camera(meeting.camera) if meeting.camera else None,
        "texts": [_text(text) for text in meeting.table.texts],
        "shown": _shown(shown) if shown else None,
    }


def remembered(ice: IcePolicy, state: Mapping[str, Any] | None, *, now: datetime) -> Meeting:
    """Build a meeting anew from what `written` returned; everybody in it is away from now on."""
    meeting = Meeting(ice)
    if state is None:
        return meeting
    meeting.is_over = state["over"]
    if not meeting.is_over:
        meeting.has_met = state["met"]
        meeting.confers = state.get("confers", False)
        meeting.screen = UUID(state["screen"]) if state.get("screen") else None
        seats = [_seat_from(row, now=now) for row in state["seats"]]
        meeting.seats = {seat.who.id: seat for seat in seats}
        turned = state.get("turned_away", {})
        meeting.turned_away = {UUID(one): datetime.fromisoformat(came) for one, came in turned.items()}
        guests = [_guest_from(row) for row in state.get("guests", ())]
        meeting.guests = {guest.id: guest for guest in guests}
        meeting.camera = _camera_from(state["camera"]) if state.get("camera") else None
        shown = _shown_from(state["shown"]) if state["shown"] else None
        meeting.table = Table([_text_from(row) for row in state["texts"]], shown)
    return meeting


def seats_waiting(state: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the seats of a written state whose customers wait, who came first before the others."""
    customers = (seat for seat in state.get("seats", ()) if Role(seat["role"]) is Role.CUSTOMER)
    seats = [seat for seat in customers if not seat["is_admitted"]]
    return sorted(seats, key=lambda seat: datetime.fromisoformat(seat["arrived_at"]))


def calls_open(state: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the colleagues of a written state who were called and have not come."""
    colleagues = (guest for guest in state.get("guests", ()) if not Role(guest["role"]).is_invited)
    return [guest for guest in colleagues if not guest["has_come"]]


def invited(state: Mapping[str, Any]) -> list[UUID]:
    """Return who of a written state may come by a link of their own: guests, and the customer's phone."""
    guests = [guest for guest in state.get("guests", ()) if Role(guest["role"]).is_invited]
    camera = state.get("camera")
    return [UUID(each["id"]) for each in (*guests, *((camera,) if camera else ()))]


def _seat(seat: Seat) -> dict[str, object]:
    proof, at = seat.who.proof, seat.who.proof.identified_at
    return {
        "id": str(seat.who.id),
        "role": seat.who.role.value,
        "name": seat.who.name,
        "assurance": proof.assurance,
        "method": proof.method,
        "titles": dict(proof.titles),
        "identified_at": at.isoformat() if at else None,
        "purpose": proof.purpose,
        "fingerprint": proof.fingerprint,
        "lost": proof.lost,
        "asked": seat.asked,
        "fingerprints": {str(to): sorted(each) for to, each in seat.fingerprints.items()},
        "visit": seat.visit,
        "arrived_at": seat.arrived_at.isoformat(),
        "is_admitted": seat.is_admitted,
        "ready_at": seat.ready_at.isoformat() if seat.ready_at else None,
        "away_since": seat.away_since.isoformat() if seat.away_since else None,
        "arrival": kept_arrival(seat.arrival),
        "said": _said(seat.said) if seat.said else None,
        "help": seat.help,
        "stated": _stated(seat.stated) if seat.stated else None,
        "media": seat.media.value if seat.media else None,
    }


def _proof_from(row: Mapping[str, Any]) -> Proof:
    """A row of the release before knows neither purpose nor fingerprint."""
    at, purpose, lost = row["identified_at"], row.get("purpose"), row.get("lost")
    return Proof(
        assurance=Level(row["assurance"]),
        method=row["method"],
        titles=row.get("titles", {}),
        identified_at=datetime.fromisoformat(at) if at else None,
        purpose=Purpose(purpose) if purpose else None,
        fingerprint=row.get("fingerprint"),
        lost=Lost(lost) if lost else None,
    )


def _said(said: Said) -> dict[str, str]:
    return {"sentence": str(said.sentence), "at": said.at.isoformat()}


def _stated(stated: Stated) -> dict[str, str]:
    return {"statement": stated.statement.value, "at": stated.at.isoformat()}


def _stated_from(row: Mapping[str, Any] | None) -> Stated | None:
    return Stated(Statement(row["statement"]), datetime.fromisoformat(row["at"])) if row else None


def _seat_from(row: Mapping[str, Any], *, now: datetime) -> Seat:
    """A row of the release before tells only whether somebody was ready."""
    asked, said = row.get("asked"), row.get("said")
    ready = row.get("ready_at") or (row["arrived_at"] if row.get("is_ready") else None)
    return Seat(
        who=Participant(UUID(row["id"]), Role(row["role"]), row["name"], _proof_from(row)),
        visit=row["visit"],
        arrived_at=datetime.fromisoformat(row["arrived_at"]),
        is_admitted=row["is_admitted"],
        ready_at=datetime.fromisoformat(ready) if ready else None,
        arrival=arrival_from(row.get("arrival")),
        said=Said(said["sentence"], datetime.fromisoformat(said["at"])) if said else None,
        help=Failure(row["help"]) if row.get("help") else None,
        stated=_stated_from(row.get("stated")),
        away_since=now,
        asked=Level(asked) if asked else None,
        fingerprints=_fingerprints_from(row),
        media=MediaState(row["media"]) if row["media"] else None,
    )


def _fingerprints_from(row: Mapping[str, Any]) -> dict[UUID, frozenset[str]]:
    """A row of the release before tells them of a single other one, and not of whom."""
    seen = row.get("fingerprints") or {}
    by_peer = seen if isinstance(seen, dict) else {row["id"]: seen}
    return {UUID(to): frozenset(each) for to, each in by_peer.items()}


def _guest(guest: Guest) -> dict[str, object]:
    return {
        "id": str(guest.id),
        "role": guest.role.value,
        "name": guest.name,
        "reason": guest.reason,
        "takes_over": guest.takes_over,
        "asked_by": str(guest.asked_by),
        "asked_at": guest.asked_at.isoformat(),
        "has_come": guest.has_come,
        "has_consent": guest.has_consent,
    }


def _guest_from(row: Mapping[str, Any]) -> Guest:
    return Guest(
        id=UUID(row["id"]),
        role=Role(row["role"]),
        name=row["name"],
        reason=row["reason"],
        takes_over=row["takes_over"],
        asked_by=UUID(row["asked_by"]),
        asked_at=datetime.fromisoformat(row["asked_at"]),
        has_come=row["has_come"],
        has_consent=row.get("has_consent", False),
    )


def _camera(camera: SecondCamera) -> dict[str, object]:
    return {
        "id": str(camera.id),
        "owner": str(camera.owner),
        "made_at": camera.made_at.isoformat(),
        "has_come": camera.has_come,
    }


def _camera_from(row: Mapping[str, Any]) -> SecondCamera:
    return SecondCamera(
        id=UUID(row["id"]),
        owner=UUID(row["owner"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        has_come=row["has_come"],
    )


def _text(text: TextSaid) -> dict[str, object]:
    return {
        "seq": text.seq,
        "sender": str(text.sender),
        "name": text.name,
        "at": text.at.isoformat(),
        "text": text.text,
        "ref": text.ref,
        "aside": text.aside,
    }


def _text_from(row: Mapping[str, Any]) -> TextSaid:
    at = datetime.fromisoformat(row["at"])
    sender, aside = UUID(row["sender"]), row.get("aside", False)
    return TextSaid(row["seq"], sender, row["name"], at, row["text"], row["ref"], aside)


def _shown(shown: DocumentLaid) -> dict[str, object]:
    return {
        "sender": str(shown.sender),
        "document": str(shown.document),
        "name": shown.name,
        "pages": shown.pages,
        "page": shown.page,
        "lock": shown.lock,
    }


def _shown_from(row: Mapping[str, Any]) -> DocumentLaid:
    return DocumentLaid(
        UUID(row["sender"]),
        UUID(row["document"]),
        row["name"],
        row["pages"],
        row["page"],
        Level(row.get("lock", Level.NONE)),
    )
