"""Who sits where in one meeting, and who is told what."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from signalling.errors import MeetingOver, NotAdmitted
from signalling.message import Envelope, Message
from signalling.participant import Participant, Role
from signalling.seat import Seat
from signalling.second_camera import CameraState, CameraTold, SecondCamera


class Seating:
    """The seats of the waiting room and the table, by whose they are; `camera` is whose phone may show."""

    def __init__(self) -> None:
        self.seats: dict[UUID, Seat] = {}
        self.camera: SecondCamera | None = None

    @property
    def is_empty(self) -> bool:
        return not self.seats

    def seat_of(self, participant_id: UUID) -> Seat:
        """Raises NotAdmitted when they have no seat, not even in the waiting room."""
        seat = self.seats.get(participant_id)
        if seat is None:
            raise NotAdmitted
        return seat

    def seated(self) -> list[Seat]:
        """Return all at the table, the customer's second camera too."""
        return [seat for seat in self.seats.values() if seat.is_admitted]

    def admitted(self, role: Role | None = None) -> list[Seat]:
        """Return the persons at the table, or those of one role."""
        persons = (seat for seat in self.seated() if seat.who.role is not Role.CAMERA)
        return [seat for seat in persons if role in (None, seat.who.role)]

    def staff(self) -> list[Seat]:
        return [seat for seat in self.admitted() if seat.who.is_staff]

    def others(self, seat: Seat) -> list[Seat]:
        return [other for other in self.admitted() if other is not seat]

    def connected_to(self, seat: Seat) -> list[Seat]:
        """Return those with whom one at the table has a media connection."""
        others = (other for other in self.seated() if other is not seat)
        return [other for other in others if seat.who.role.meets(other.who.role)]

    def tell(self, seats: Iterable[Seat], message: Message) -> tuple[Envelope, ...]:
        return tuple([Envelope(seat.who.id, message) for seat in seats if seat.is_present])

    def as_camera(self, who: Participant) -> Participant:
        """Name a phone after its owner, who sits at the table. Raises MeetingOver for one that is none's."""
        camera = self.camera
        owner = self.seats.get(camera.owner) if camera and camera.id == who.id else None
        if camera is None or owner is None:
            raise MeetingOver
        self.camera = replace(camera, has_come=True)
        return replace(who, name=owner.who.name)

    def tell_owner(self, state: CameraState) -> tuple[Envelope, ...]:
        owner = self.seats.get(self.camera.owner) if self.camera else None
        return self.tell((owner,) if owner else (), CameraTold(state))

    def camera_state(self) -> CameraState:
        if self.camera is None or not self.camera.has_come:
            return CameraState.ASKED
        return CameraState.SHOWN if self.camera.id in self.seats else CameraState.RESTS
