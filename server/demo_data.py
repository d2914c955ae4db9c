"""The demo's people and offerings: made up, labelled, and refused in production."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid5

from booking.availability import WeeklyHours
from booking.offering import Advice, Assurance, Offering
from booking.question import Question
from booking.texts import Texts
from identity.errors import NotFound
from identity.password import hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server import demo_texts
from server.database.unit import SqlUnit

_NAMESPACE = UUID("b7a3f5a0-3c54-4b57-9f0e-6f2f4f1c7d11")
ZONE = "Europe/Helsinki"
ALL_DAY = (0, 1440)
MORNING, AFTERNOON = (9 * 60, 11 * 60 + 30), (12 * 60 + 15, 16 * 60)
EVENING = (17 * 60, 20 * 60)
TUESDAY, THURSDAY = 1, 3


def demo_id(name: str) -> UUID:
    """Return the id of a demo thing: the same in every demo, so that production knows it again."""
    return uuid5(_NAMESPACE, name)


BANK, HEALTH = demo_id("team bank"), demo_id("team health")
ILMARI, AINIKKI, LOUHI, ADMIN = (demo_id(name) for name in ("ilmari", "ainikki", "louhi", "admin"))
MORTGAGE, NURSE = demo_id("offering mortgage"), demo_id("offering nurse")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    id: UUID
    login: str
    name: str
    role: Role
    team_id: UUID
    languages: tuple[str, ...] = ("fi",)
    meets: tuple[UUID, ...] = ()
    says: Texts = field(default_factory=dict)
    hours: tuple[tuple[int, int], ...] = (MORNING, AFTERNOON)
    weekdays: range = range(5)
    evening: int | None = None


_PEOPLE = (
    _Person(
        id=ILMARI,
        login="ilmari",
        name="Ilmari Seppä",
        role=Role.ADVISER,
        team_id=BANK,
        languages=("fi", "sv", "en"),
        meets=(MORTGAGE, NURSE),
        says=demo_texts.ILMARI_SAYS,
        hours=(ALL_DAY,),
        weekdays=range(7),
    ),
    _Person(
        id=AINIKKI,
        login="ainikki",
        name="Ainikki Saari",
        role=Role.ADVISER,
        team_id=BANK,
        languages=("fi", "en"),
        meets=(MORTGAGE,),
        evening=TUESDAY,
        says=demo_texts.AINIKKI_SAYS,
    ),
    _Person(
        id=LOUHI,
        login="louhi",
        name="Louhi Pohjola",
        role=Role.ADVISER,
        team_id=HEALTH,
        languages=("fi", "sv"),
        meets=(NURSE,),
        evening=THURSDAY,
        says=demo_texts.LOUHI_SAYS,
    ),
    _Person(id=ADMIN, login="admin", name="Antero Vipunen", role=Role.ADMIN, team_id=BANK),
)


def _offering(
    offering_id: UUID,
    team_id: UUID,
    minutes: int,
    assurance: Assurance,
    names: tuple[str, str, str],
    texts: tuple[str, str, str],
    questions: tuple[Question, ...],
    advice: tuple[Advice, ...],
) -> Offering:
    return Offering(
        id=offering_id,
        team_id=team_id,
        names=demo_texts.three(*names),
        texts=demo_texts.three(*texts),
        length=timedelta(minutes=minutes),
        assurance=assurance,
        when_down="nothing" if assurance == "none" else "questions",
        drop_in=assurance == "none",
        zone=ZONE,
        prices=demo_texts.PRICES,
        terms=demo_texts.TERMS,
        questions=questions,
        advice=advice,
    )


OFFERINGS = (
    _offering(
        MORTGAGE,
        BANK,
        45,
        "substantial",
        ("Asuntolainaneuvottelu", "Bolånerådgivning", "Mortgage meeting"),
        (
            "Käydään läpi asuntolainan ehdot, maksuerät ja seuraavat askeleet neuvojan kanssa.",
            "Vi går igenom bolånets villkor, betalningar och nästa steg tillsammans med en rådgivare.",
            "Go through the terms, the payments and the next steps of a mortgage with an adviser.",
        ),
        demo_texts.MORTGAGE_QUESTIONS,
        demo_texts.MORTGAGE_ADVICE,
    ),
    _offering(
        NURSE,
        HEALTH,
        20,
        "none",
        ("Terveydenhoitajan vastaanotto", "Hälsovårdarens mottagning", "Appointment with a nurse"),
        (
            "Neuvontaa terveyteen, oireisiin ja hoitoon liittyvissä kysymyksissä.",
            "Rådgivning i frågor om hälsa, symtom och vård.",
            "Advice on health, symptoms and treatment.",
        ),
        demo_texts.NURSE_QUESTIONS,
        demo_texts.NURSE_ADVICE,
    ),
)


async def is_demo(unit: SqlUnit) -> bool:
    """Tell whether a database holds the demo's people."""
    try:
        await unit.staff.get(ILMARI)
    except NotFound:
        return False
    return True


async def load_demo(unit: SqlUnit) -> None:
    """Set up the demo in an empty database. Each login is its own password."""
    await unit.catalogue.add_team(BANK, "Asuntolainat")
    await unit.catalogue.add_team(HEALTH, "Terveysasema")
    for offering in OFFERINGS:
        await unit.catalogue.add_offering(offering)
    for person in _PEOPLE:
        await unit.staff.add(Credentials(_member(person), hash_password(person.login)))
        await unit.catalogue.introduce(person.id, person.says)
        await _give_work(unit, person)


def _member(person: _Person) -> StaffMember:
    return StaffMember(
        id=person.id,
        login=person.login,
        name=person.name,
        role=person.role,
        team_id=person.team_id,
        languages=person.languages,
        email=f"{person.login}@example.org",
        phone=f"+358 40 000 000{1 + [one.id for one in _PEOPLE].index(person.id)}",
    )


async def _give_work(unit: SqlUnit, person: _Person) -> None:
    for offering_id in person.meets:
        await unit.catalogue.link(person.id, offering_id)
    if not person.meets:
        return
    stretches = [(weekday, stretch) for weekday in person.weekdays for stretch in person.hours]
    if person.evening is not None:
        stretches.append((person.evening, EVENING))
    for weekday, (start, end) in stretches:
        await unit.catalogue.add_adviser_hours(
            WeeklyHours(adviser_id=person.id, weekday=weekday, start_minute=start, end_minute=end, zone=ZONE)
        )
