"""Whatever is set up leaves a line of who did it, and admins read it."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from booking.change import Change, ChangedField, Deed, Thing
from server.database.changes import SqlChangeLog
from server.demo_data import ADMIN, AINIKKI, BANK, HEALTH, ILMARI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser
from web.pages.set_up_log import SHOWN

OFFERING = f"/admin/offerings/{MORTGAGE}"
PERSON = f"/admin/people/{ILMARI}"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def noted(house: FaceHouse) -> list[Change]:
    """Return what stands in the log, the oldest first."""
    async with house.units.read() as unit:
        return [one.change for one in reversed(await unit.changes.newest(limit=100))]


async def does(browser: Browser, page: str, action: str, **values: str) -> int:
    """Open a page, send one of its forms filled in, and return what is answered."""
    return (await browser.sends(await browser.opens(page), action, **values)).status


async def test_a_changed_offering_leaves_old_and_new_values(house: FaceHouse, admin: Browser) -> None:
    rules = f"{OFFERING}/rules"

    await does(admin, rules, rules, door_opens="20", grace="10", late_limit="1", late_limit_unit="days")
    await does(admin, f"{OFFERING}/close", f"{OFFERING}/close")

    rules_changed, closed = await noted(house)
    assert (rules_changed.by, rules_changed.at) == (ADMIN, NOW)
    assert (rules_changed.thing, rules_changed.thing_id) == (Thing.OFFERING, MORTGAGE)
    assert ChangedField("door_opens", "900 s", "1200 s") in rules_changed.fields
    assert closed.fields == (ChangedField("is_open", "yes", "no"),)


async def test_what_changes_nothing_or_is_refused_leaves_no_line(house: FaceHouse, admin: Browser) -> None:
    texts = f"{OFFERING}/texts"
    late = await admin.opens(texts)
    values = {"name_fi": "Laina", "text_fi": "Puhutaan."}
    await admin.sends(late, texts, **values)
    await does(admin, texts, texts, **values)

    refused = await admin.sends(late, texts, **{**values, "name_fi": "Toinen"})

    assert refused.status == 409
    assert len(await noted(house)) == 1


async def test_a_line_that_cannot_be_written_undoes_its_change(
    house: FaceHouse, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(self: SqlChangeLog, change: Change) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(SqlChangeLog, "add", full)

    failed = await does(admin, f"{OFFERING}/close", f"{OFFERING}/close")

    assert failed == 500
    async with house.units.read() as unit:
        assert (await unit.offerings.get(MORTGAGE)).is_open


async def test_of_people_the_log_has_the_field_and_not_a_word_of_them(
    house: FaceHouse, admin: Browser
) -> None:
    ilmari = await house.staff("ilmari")

    await does(admin, PERSON, PERSON, name="Seppo", role="adviser", team_id=str(HEALTH), languages="sv")
    await admin.removes(await admin.opens(PERSON), f"{PERSON}/password")
    await does(await house.staff("ilmari"), "/desk/profile", "/desk/profile", about_fi="Kuuntelen.")
    del ilmari

    changed, renewed, introduced = await noted(house)
    assert changed.fields == tuple(ChangedField(name) for name in ("name", "team", "languages"))
    assert renewed.fields == (ChangedField("password"),)
    assert (introduced.by, introduced.fields) == (ILMARI, (ChangedField("introduction"),))
    assert all(one.thing_id == ILMARI for one in await noted(house))


async def test_every_kind_of_set_up_leaves_a_line(house: FaceHouse, admin: Browser) -> None:
    ilmari = await house.staff("ilmari")
    new = {
        "name": "Lyylikki",
        "login": "lyylikki",
        "role": "adviser",
        "team_id": str(BANK),
        "languages": "fi",
    }

    await does(admin, "/admin/offerings/new", "/admin/offerings/new", name_fi="Uusi", length="30")
    await does(admin, "/admin/offerings", f"/admin/offerings/{NURSE}/shift", by="-1")
    await does(admin, f"{OFFERING}/advisers", f"{OFFERING}/advisers", advisers=str(AINIKKI))
    await does(admin, f"{OFFERING}/advice/new", f"{OFFERING}/advice/new", title_fi="Itse", text_fi="Näin.")
    await does(admin, "/admin/people/new", "/admin/people/new", **new)
    await does(admin, PERSON, f"{PERSON}/skills", offerings=str(MORTGAGE))
    await does(admin, "/admin/teams", "/admin/teams", name="Vakuutukset")
    await does(admin, "/admin/teams", f"/admin/teams/{BANK}", name="Lainat")
    await does(admin, "/admin/holidays", "/admin/holidays/own", day="2026-11-30", name="Muutto")
    await does(ilmari, "/desk/hours", "/desk/hours/days", day="2026-12-01", away="1")
    await does(admin, f"{PERSON}/hours", f"{PERSON}/hours/time-off", first="2026-12-02")

    told = [
        (one.by, one.thing, one.deed, tuple(field.name for field in one.fields)) for one in await noted(house)
    ]
    assert told == [
        (ADMIN, Thing.OFFERING, Deed.ADDED, ()),
        (ADMIN, Thing.OFFERING, Deed.CHANGED, ("place",)),
        (ADMIN, Thing.OFFERING, Deed.CHANGED, ("advisers",)),
        (ADMIN, Thing.OFFERING, Deed.CHANGED, ("advice",)),
        (ADMIN, Thing.PERSON, Deed.ADDED, ()),
        (ADMIN, Thing.PERSON, Deed.CHANGED, ("offerings",)),
        (ADMIN, Thing.TEAM, Deed.ADDED, ()),
        (ADMIN, Thing.TEAM, Deed.CHANGED, ("name",)),
        (ADMIN, Thing.CLOSED_DAYS, Deed.CHANGED, ("2026-11-30",)),
        (ILMARI, Thing.HOURS, Deed.CHANGED, ("days",)),
        (ADMIN, Thing.HOURS, Deed.CHANGED, ("time_off",)),
    ]


async def test_a_disruption_leaves_a_line_when_it_begins_and_when_it_is_over(
    house: FaceHouse, admin: Browser
) -> None:
    looked = await admin.sends(
        await admin.opens("/admin/disruptions/new"),
        "/admin/disruptions",
        whom="house",
        first="2026-12-24",
        fi="Olemme poissa.",
        go="look",
    )
    declared = await admin.sends(looked, "/admin/disruptions", go="do")
    await admin.sends(declared, f"{declared.address}/end")

    begun, over = await noted(house)
    assert (begun.thing, begun.deed, over.fields) == (
        Thing.DISRUPTION, Deed.ADDED, (ChangedField("end"),),
    )  # fmt: skip
    assert begun.thing_id == over.thing_id == UUID(declared.address.rsplit("/", 1)[1])


async def test_admins_read_who_changed_what_and_when(house: FaceHouse, admin: Browser) -> None:
    rules = f"{OFFERING}/rules"
    await does(admin, rules, rules, door_opens="20", grace="10", late_limit="1", late_limit_unit="days")
    await does(admin, "/admin/teams", f"/admin/teams/{BANK}", name="Lainat")

    everything = await admin.opens("/admin/changes")
    of_teams = await admin.opens("/admin/changes?thing=team")
    foot = await admin.opens(OFFERING)
    of_offering = await admin.opens(f"/admin/changes?about={MORTGAGE}")

    assert everything.text.index("Lainat") < everything.text.index("The door opens before the start")
    assert "<del>15 minutes</del>" in everything.text
    assert "<ins>20 minutes</ins>" in everything.text
    assert "The door opens" not in of_teams.text
    assert f'href="/admin/changes?about={MORTGAGE}">Last changed by' in foot.text
    assert "The door opens" in of_offering.text
    assert "Lainat" not in of_offering.text


async def test_the_log_is_read_page_by_page(house: FaceHouse, admin: Browser) -> None:
    async with house.units.write() as unit:
        for number in range(SHOWN + 2):
            fields = (ChangedField("name", "a", f"Team {number}."),)
            await unit.changes.add(
                Change(at=NOW, by=ADMIN, thing=Thing.TEAM, thing_id=BANK, deed=Deed.CHANGED, fields=fields)
            )

    first = await admin.opens("/admin/changes?thing=team")
    older = await admin.opens("/admin/changes?thing=team&before=3")

    assert f"Team {SHOWN + 1}." in first.text
    assert "Team 1." not in first.text
    assert "thing=team&amp;before=3" in first.text
    assert ["Team 1." in older.text, "Team 0." in older.text, "Team 2." in older.text] == [True, True, False]


@pytest.mark.parametrize("query", ["thing=moon", "about=x", "before=0", "before=99999999999"])
async def test_a_question_that_makes_no_sense_is_refused(
    house: FaceHouse, admin: Browser, query: str
) -> None:
    assert (await admin.opens(f"/admin/changes?{query}")).status == 422
