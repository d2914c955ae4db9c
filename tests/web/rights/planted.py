"""Aino's and Kullervo's appointments, with words planted that nobody else may ever read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from PIL import Image
from sqlalchemy import delete, update

from booking.appointment import Appointment, Customer
from booking.disruption import Disruption, Scope
from booking.fact import Actor, Fact, FactKind, timed
from booking.freed_slot import FreedSlot
from booking.guest_link import InvitedGuest
from booking.hold import Hold
from booking.invitation import Invitation
from booking.message import Meaning, Message
from booking.offer import Offer
from booking.question import Answer
from booking.source import STAFF
from booking.subscriber import Subscriber
from booking.time_span import TimeSpan
from booking.waiting_room import WaitingCustomer
from identity.assurance import Assurance
from identity.door_session import DoorSession
from identity.identification import Identification
from identity.permission import Role as StaffRole
from identity.personal_code import personal_code
from identity.secret import kept
from identity.session import open_for
from server.blobs import FileBlobs
from server.database.appointments_table import appointments
from server.database.holds_table import holds
from server.database.invitations import invitations
from server.database.offerings import offerings
from server.database.staff_sessions import staff_sessions
from server.database.subscribers import subscribers
from server.database.unit import SqlUnit
from server.demo_data import ADMIN, AINIKKI, ILMARI, LOUHI, MORTGAGE, demo_id
from server.house import House
from signalling.documents.document import page_blob
from signalling.documents.share import Paper, hand_in, show
from signalling.participant import Role
from tests.web.house import NOW
from tests.web.rights.askers import Asker

AINO_ID, KULLERVO_ID, OLD_ID = demo_id("aino's"), demo_id("kullervo's"), demo_id("old")
AINO_LATER, KULLERVO_LATER, OLD_LATER = (
    demo_id(name) for name in ("aino later", "kullervo later", "old later")
)
AINO_HOLDS = demo_id("aino holds")
INVITATION_ID = demo_id("invitation")
DISRUPTION_ID = demo_id("a disruption")
SUBSCRIBER_ID = demo_id("a subscriber")
MESSAGE_ID = demo_id("a message")
AINOS_PAPER, ILMARIS_PAPER = demo_id("aino's paper"), demo_id("ilmari's paper")
# The other team's: whatever there is of Aino's and Ilmari's, there is of Joukahainen's and Louhi's.
HEALTH_CALL = demo_id("offering that louhi alone meets")
JOUKAHAINEN_ID, JOUKAHAINENS_PAPER = demo_id("joukahainen's"), demo_id("joukahainen's paper")
LOUHIS_MESSAGE, LOUHIS_INVITATION = demo_id("message to louhi"), demo_id("louhi's invitation")
LOUHIS_DISRUPTION, JOUKAHAINEN_HOLDS = demo_id("louhi's disruption"), demo_id("joukahainen holds")

AINO = Customer(
    name="Aino Kanarianlintu", email="aino.kanaria@example.com", phone="+358 40 7654321", language="en"
)
KULLERVO = Customer(name="Kullervo Kalervonpoika", email="kullervo@example.com", language="en")
JOUKAHAINEN = Customer(name="Joukahainen", email="jouka@example.com", language="en")
AINOS_PAPER_NAME, ILMARIS_PAPER_NAME = "ainon-kanaria.pdf", "ilmarin-kanaria.pdf"
WRITTEN = "kanaria kirjoittaa tekstiviestin"
CHAT = "kanaria laulaa keskustelussa"
ANSWER = "kanaria muuttaa Helsinkiin"
MEETING = {"over": False, "met": False, "seats": [], "texts": [], "shown": None, "planted": CHAT}
AINOS_CODE = personal_code("131052-308T", today=NOW.date())
CANARIES = (
    AINO.name, AINO.email, AINO.phone, AINOS_PAPER_NAME, ILMARIS_PAPER_NAME, CHAT, ANSWER, WRITTEN,
    AINOS_CODE.text,
)  # fmt: skip

SESSIONS: Mapping[Asker, str] = {
    Asker.AINO_IN: "door=aino-in",
    Asker.AINO_KNOWN: "door=aino-known",
    Asker.AINO_FORWARDED: "door=kullervo-known",
    Asker.KULLERVO: "door=kullervo-known",
    Asker.ILMARI: "session=ilmari",
    Asker.AINIKKI: "session=ainikki",
    Asker.LOUHI: "session=louhi",
    Asker.ADMIN: "session=admin",
    Asker.OPERATOR: "session=operator",
    Asker.SIGNED_OUT: "session=ended",
}
_STAFF = {
    "ilmari": (ILMARI, StaffRole.ADVISER),
    "ainikki": (AINIKKI, StaffRole.ADVISER),
    "louhi": (LOUHI, StaffRole.ADVISER),
    "admin": (ADMIN, StaffRole.ADMIN),
    "operator": (demo_id("operator"), StaffRole.OPERATOR),
}


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    return out.getvalue()


PICTURE = _picture()


@dataclass(frozen=True, slots=True)
class Planted:
    """The links that stand now; each planting makes new ones."""

    ainos_token: str
    kullervos_token: str
    old_token: str
    ainos_offer: str
    kullervos_offer: str
    old_offer: str
    invitation: str
    ainos_helper: str
    old_helper: str
    ainos_guest: str
    old_guest: str
    ainos_camera: str
    old_camera: str

    @property
    def canaries(self) -> tuple[str, ...]:
        return (*CANARIES, self.ainos_token, self.ainos_offer)


def _guest(appointment_id: UUID, role: str = "interpreter", name: str = "Maija Mäkelä") -> InvitedGuest:
    return InvitedGuest(id=uuid4(), appointment_id=appointment_id, role=role, name=name)


async def plant(house: House, blobs: FileBlobs) -> Planted:
    """Clear all appointments and sessions away, and set them up as they were."""
    async with house.engines.writing.begin() as connection:
        await connection.execute(delete(appointments))
        await connection.execute(update(offerings).values(is_open=True))
        await connection.execute(delete(holds))
        await connection.execute(delete(invitations))
        await connection.execute(delete(staff_sessions))
        await connection.execute(delete(subscribers))
    async with house.units.write() as unit:
        for name, (member, role) in _STAFF.items():
            await unit.staff_sessions.add(open_for(member, role, kept(name), now=NOW))
        tokens = [
            await _booked(unit, AINO_ID, AINO, ILMARI),
            await _booked(unit, KULLERVO_ID, KULLERVO, AINIKKI),
            await _booked(unit, OLD_ID, AINO, ILMARI, days=1),
        ]
        offers = [
            await _offered(unit, AINO_LATER, AINO, days=10),
            await _offered(unit, KULLERVO_LATER, KULLERVO, days=11),
            await _offered(unit, OLD_LATER, AINO, days=12),
        ]
        for revoked in (OLD_ID, OLD_LATER):
            await unit.links.revoke(revoked, at=NOW)
        await _disrupted(unit, DISRUPTION_ID, ILMARI, days=300)
        await unit.subscribers.add(_subscriber(), "whsec_" + "A" * 32)
        await _comes_in(unit, "aino-in", AINO_ID)
        await _comes_in(unit, "aino-known", AINO_ID, await _identified(unit, AINO_ID))
        await _comes_in(unit, "kullervo-known", KULLERVO_ID, await _identified(unit, KULLERVO_ID))
        await unit.meetings.save(AINO_ID, MEETING)
        await unit.waiting.keep(WaitingCustomer(appointment_id=AINO_ID, came_at=NOW, beat_at=NOW))
        await _papers(unit)
        await unit.messages.add(_message(MESSAGE_ID, AINO_ID, WRITTEN))
        await unit.intakes.add(AINO_ID, [Answer("why", "Why?", ANSWER)], terms="The terms", language="en")
        await unit.holds.add(_hold(AINO_HOLDS, ILMARI, MORTGAGE), now=NOW)
        invitation = await unit.invitations.make(_invitation(INVITATION_ID, MORTGAGE, ILMARI))
        guests = [await unit.guest_links.make(_guest(one), at=NOW) for one in (AINO_ID, OLD_ID)]
        phones = [_guest(one, "camera", "") for one in (AINO_ID, OLD_ID)]
        cameras = [await unit.guest_links.make(phone, at=NOW) for phone in phones]
        await unit.guest_links.keep_only(OLD_ID, [])
        helpers = [await unit.helper_links.make(one, at=NOW) for one in (AINO_ID, OLD_ID)]
        await _plant_other_team(unit)
    for paper in (AINOS_PAPER, ILMARIS_PAPER, JOUKAHAINENS_PAPER):
        await blobs.put(paper, page_blob(1), PICTURE)
    return Planted(
        ainos_token=tokens[0],
        kullervos_token=tokens[1],
        old_token=tokens[2],
        ainos_offer=offers[0],
        kullervos_offer=offers[1],
        old_offer=offers[2],
        invitation=invitation,
        ainos_helper=helpers[0],
        old_helper=helpers[1],
        ainos_guest=guests[0],
        old_guest=guests[1],
        ainos_camera=cameras[0],
        old_camera=cameras[1],
    )


async def _plant_other_team(unit: SqlUnit) -> None:
    await _booked(unit, JOUKAHAINEN_ID, JOUKAHAINEN, LOUHI, offering=HEALTH_CALL)
    theirs = Paper(
        id=JOUKAHAINENS_PAPER,
        appointment_id=JOUKAHAINEN_ID,
        by=Role.CUSTOMER,
        name="jousi.pdf",
        pages=1,
        size_bytes=9,
    )
    await hand_in(unit, theirs, now=NOW)
    await unit.messages.add(_message(LOUHIS_MESSAGE, JOUKAHAINEN_ID, "Jousi"))
    await unit.holds.add(_hold(JOUKAHAINEN_HOLDS, LOUHI, HEALTH_CALL), now=NOW)
    await unit.invitations.make(_invitation(LOUHIS_INVITATION, HEALTH_CALL, LOUHI))
    await _disrupted(unit, LOUHIS_DISRUPTION, LOUHI, days=310)


async def _booked(
    unit: SqlUnit, id: UUID, who: Customer, adviser: UUID, *, days: int = 0, offering: UUID = MORTGAGE
) -> str:
    start = NOW + timedelta(days=days, minutes=5)
    span = TimeSpan(start, start + timedelta(minutes=45))
    await unit.appointments.add(
        Appointment(
            id=id,
            offering_id=offering,
            adviser_id=adviser,
            zone="Europe/Helsinki",
            customer=who,
            span=span,
            wall_start="2026-11-23T12:35",
            booked_at=NOW,
            source=STAFF,
        ),
        now=NOW,
    )
    await unit.facts.append(
        Fact(appointment_id=id, at=NOW, kind=FactKind.BOOKED, by=Actor.CUSTOMER, detail=timed(span))
    )
    return await unit.links.make(id)


def _message(id: UUID, appointment_id: UUID, text: str) -> Message:
    """A customer's, which nobody has read."""
    return Message(
        id=id, key=str(id), at=NOW, meaning=Meaning.FOR_STAFF, appointment_id=appointment_id, text=text
    )


def _invitation(id: UUID, offering_id: UUID, made_by: UUID) -> Invitation:
    """An adviser's, which nobody has used."""
    return Invitation(
        id=id,
        offering_id=offering_id,
        adviser_id=None,
        made_by=made_by,
        made_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )


def _hold(id: UUID, adviser_id: UUID, offering_id: UUID) -> Hold:
    """Somebody's who has filled in nothing yet."""
    start = NOW + timedelta(days=2)
    span = TimeSpan(start, start + timedelta(minutes=45))
    end = NOW + timedelta(minutes=10)
    return Hold(
        id=id,
        offering_id=offering_id,
        adviser_id=adviser_id,
        span=span,
        busy=span,
        held_at=NOW,
        expires_at=end,
        until=end,
        holder=b"browser",
        address=b"network",
    )


async def _offered(unit: SqlUnit, id: UUID, who: Customer, *, days: int) -> str:
    """Book a later time, and offer one three days before it; return the token of the offer."""
    await _booked(unit, id, who, ILMARI, days=days)
    start = NOW + timedelta(days=days - 3)
    span = TimeSpan(start, start + timedelta(minutes=45))
    freed = FreedSlot(
        id=uuid4(),
        offering_id=MORTGAGE,
        adviser_id=ILMARI,
        appointment_id=KULLERVO_ID,
        span=span,
        freed_at=NOW,
        look_at=NOW,
    )
    await unit.freed_slots.add(freed)
    offer = Offer(
        id=uuid4(),
        freed_id=freed.id,
        appointment_id=id,
        adviser_id=ILMARI,
        span=span,
        offered_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )
    return await unit.offers.add(offer)


async def _disrupted(unit: SqlUnit, id: UUID, adviser_id: UUID, *, days: int) -> None:
    """An adviser says that they are away on a day on which nothing else happens."""
    start = NOW + timedelta(days=days)
    one = Disruption(
        id=id,
        scope=Scope(adviser_id=adviser_id),
        span=TimeSpan(start, start + timedelta(days=1)),
        texts={"fi": "Olen poissa."},
        made_by=adviser_id,
        made_at=NOW,
        has_banner=False,
    )
    await unit.disruptions.add(one, one.closures([adviser_id]))
    await unit.disruptions.change(one)


def _subscriber() -> Subscriber:
    """A program that nobody answers for, and that wants nothing that happens here."""
    return Subscriber(
        id=SUBSCRIBER_ID,
        name="Kassa",
        address="https://127.0.0.1/",
        kinds=frozenset({FactKind.DISPUTED}),
        made_at=NOW,
        secret_made_at=NOW,
    )


async def _identified(unit: SqlUnit, appointment_id: UUID) -> UUID:
    person = None
    if appointment_id == AINO_ID:
        person = await unit.persons.met(AINOS_CODE, given_name="Tunnistettu", family_name="Henkilö", at=NOW)
    found = Identification(
        id=uuid4(),
        appointment_id=appointment_id,
        provider="demo-bank",
        method="demo",
        assurance=Assurance.SUBSTANTIAL,
        subject_key=appointment_id.bytes,
        given_name="Tunnistettu",
        family_name="Henkilö",
        at=NOW,
        person_id=person.id if person else None,
    )
    await unit.identifications.add(found)
    return found.id


async def _comes_in(unit: SqlUnit, cookie: str, appointment_id: UUID, known: UUID | None = None) -> None:
    await unit.door_sessions.add(
        DoorSession(
            token_hash=kept(cookie),
            appointment_id=appointment_id,
            participant_id=uuid4(),
            came_in_at=NOW,
            expires_at=NOW + timedelta(hours=12),
            identification_id=known,
        )
    )


async def _papers(unit: SqlUnit) -> None:
    """Aino hands one in; Ilmari hands one in and shows it."""
    both = ((AINOS_PAPER, Role.CUSTOMER, AINOS_PAPER_NAME), (ILMARIS_PAPER, Role.ADVISER, ILMARIS_PAPER_NAME))
    for paper, by, name in both:
        await hand_in(
            unit, Paper(id=paper, appointment_id=AINO_ID, by=by, name=name, pages=1, size_bytes=9), now=NOW
        )
    await show(unit, ILMARIS_PAPER, Role.ADVISER, appointment_id=AINO_ID, now=NOW)
