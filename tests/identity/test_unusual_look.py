"""Each rule names the looks that it is for, and leaves the day's work alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from identity.look import Kept, Look, Thing, Viewer
from identity.permission import Role
from identity.person_name import have_one_family_name
from identity.staff import StaffMember
from identity.unusual_look import MANY, WITHIN, Concerned, Rule, unusual

ILMARI, LOUHI, ADMIN, HERE = uuid4(), uuid4(), uuid4(), uuid4()
TEN = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Helsinki")


def member(id: UUID, name: str, role: Role = Role.ADVISER) -> StaffMember:
    return StaffMember(id=id, login=name, name=name, role=role, team_id=HERE)


MEMBERS = {
    ILMARI: member(ILMARI, "Ilmari Seppä"),
    LOUHI: member(LOUHI, "Louhi Pohjola"),
    ADMIN: member(ADMIN, "Ukko Ylinen", Role.ADMIN),
}


def look(at: datetime = TEN, **values: object) -> Look:
    given: dict[str, object] = {
        "viewer": Viewer.STAFF,
        "by": ILMARI,
        "thing": Thing.APPOINTMENT,
        "thing_id": HERE,
        "appointment_id": HERE,
        "purpose": "GET /x",
    }
    return Look(at=at, **(given | values))  # type: ignore[arg-type]  # of the right types above


def rules_of(
    *looks: Look, adviser_id: UUID = ILMARI, on: date = TODAY, customer: str = "Aino Virtanen"
) -> list[Sequence[Rule]]:
    kept = [Kept(number=number, look=one) for number, one in enumerate(looks, 1)]
    concerned = {HERE: Concerned(adviser_id, on, customer)}
    found = unusual(kept, concerned=concerned, members=MEMBERS, zone=ZONE)
    return [one.rules for one in found]


def test_ones_own_work_in_the_day_is_not_unusual() -> None:
    assert rules_of(look()) == []
    assert rules_of(look(), on=date(2026, 12, 1)) == []


def test_a_colleagues_appointment_is_unusual_on_another_day_than_its_own() -> None:
    assert rules_of(look(), adviser_id=LOUHI, on=date(2026, 11, 25)) == [[Rule.NOT_THEIRS]]
    assert rules_of(look(), adviser_id=LOUHI) == []
    assert rules_of(look(by=ADMIN), adviser_id=LOUHI, on=date(2026, 11, 25)) == []
    assert rules_of(look(thing=Thing.TEXT), adviser_id=LOUHI, on=date(2026, 11, 25)) == []


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (datetime(2026, 11, 24, 3, 59, tzinfo=UTC), [[Rule.AT_NIGHT]]),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), []),
        (datetime(2026, 11, 24, 18, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 24, 19, 0, tzinfo=UTC), [[Rule.AT_NIGHT]]),
    ],
)
def test_night_is_between_nine_and_six_on_the_organisations_clock(
    at: datetime, found: list[list[Rule]]
) -> None:
    assert rules_of(look(at)) == found


def test_a_customer_with_the_same_family_name_is_told() -> None:
    assert rules_of(look(), customer="Annikki SEPPÄ") == [[Rule.OWN_NAME]]
    assert rules_of(look(), customer="Seppä Annikki") == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Ilmari Seppä", "Annikki Seppa", True),
        ("Ilmari Seppä", "Ilmari Seppänen", False),
        ("Aino Virtanen-Seppä", "Ilmari Seppä", True),
        ("", "", False),
        ("Ilmari", "", False),
    ],
)
def test_family_names_are_compared_without_case_and_marks(one: str, other: str, is_one: bool) -> None:
    assert have_one_family_name(one, other) is is_one


def many(count: int, apart: timedelta, **values: object) -> list[Look]:
    return [
        look(TEN + number * apart, appointment_id=uuid4(), thing_id=uuid4(), **values)
        for number in range(count)
    ]


def test_many_appointments_within_an_hour_are_told_once() -> None:
    quick, slow = WITHIN / (2 * MANY), WITHIN / MANY

    assert rules_of(*many(MANY, quick)) == []
    assert rules_of(*many(MANY + 5, quick)) == [[Rule.MANY]]
    assert rules_of(*many(2 * MANY, slow)) == []
    assert rules_of(*many(MANY, quick), *many(MANY, quick, by=LOUHI)) == []
    assert rules_of(*many(MANY + 5, quick, thing=Thing.TEXT)) == []


def test_programs_the_operator_and_the_log_itself_are_not_judged() -> None:
    night = TEN - timedelta(hours=6)
    assert rules_of(look(night, viewer=Viewer.KEY, by=uuid4())) == []
    assert rules_of(look(night, viewer=Viewer.OPERATOR, by=None)) == []
    assert rules_of(look(night, thing=Thing.LOG)) == []
