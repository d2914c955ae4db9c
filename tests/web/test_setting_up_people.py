"""Admins take on and change the staff, advisers say who they are, and no appointment is left to nobody."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import FormData

from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.demo_data import ADMIN, BANK, HEALTH, ILMARI, LOUHI, MORTGAGE, NURSE, demo_id
from tests.server.test_portrait import jpeg
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from web import keys

PERSON = f"/admin/people/{ILMARI}"
PHOTO = re.compile(r'src="(/photos/[0-9a-f-]{36})"')


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def person(house: FaceHouse, login: str) -> StaffMember:
    async with house.units.read() as unit:
        found = await unit.staff.by_login(login)
    assert found is not None
    return found.member


async def test_a_new_adviser_signs_in_with_the_password_shown_once(house: FaceHouse, admin: Browser) -> None:
    address = "/admin/people/new"
    page = await admin.opens(address)
    added = await admin.sends(
        page,
        address,
        name="Lyylikki",
        login=" Lyylikki ",
        role="adviser",
        team_id=str(HEALTH),
        languages="sv",
    )
    found = re.search(r'<code class="secret"[^>]*>([^<]+)</code>', added.text)
    assert found is not None

    new = house.browser()
    desk = await new.sends(await new.opens("/sign-in"), "/sign-in", login="lyylikki", password=found[1])

    assert (await person(house, "lyylikki")).team_id == HEALTH
    assert (await person(house, "lyylikki")).languages == ("sv",)
    assert desk.address.startswith("/desk")
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", found[1])
    assert found[1] not in (await admin.opens(f"/admin/people/{(await person(house, 'lyylikki')).id}")).text


@pytest.mark.parametrize(
    ("values", "status", "told"),
    [
        ({"login": "ilmari"}, 409, "Somebody else signs in by this name."),
        ({"login": "åke"}, 422, "Use small letters a to z"),
        ({"name": " "}, 422, ""),
        ({"role": "operator"}, 422, "Choose one of these."),
        ({"team_id": str(uuid4())}, 422, "Choose one of these."),
        ({"languages": "tlh"}, 422, ""),
    ],
)
async def test_a_new_person_that_makes_no_sense_is_refused(
    house: FaceHouse, admin: Browser, values: dict[str, str], status: int, told: str
) -> None:
    good = {
        "name": "Lyylikki",
        "login": "lyylikki",
        "role": "adviser",
        "team_id": str(BANK),
        "languages": "fi",
    }
    page = await admin.opens("/admin/people/new")

    refused = await admin.sends(page, "/admin/people/new", **{**good, **values})

    assert refused.status == status
    assert told in refused.text
    assert "field--wrong" in refused.text
    async with house.units.read() as unit:
        assert len(await unit.staff.all()) == 4


async def test_a_person_is_changed_and_the_second_admin_is_told(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens(PERSON)
    values = {"name": "Seppo Ilmarinen", "role": "adviser", "team_id": str(HEALTH), "languages": "sv"}

    changed = await admin.sends(page, PERSON, **values)
    late = await admin.sends(page, PERSON, **{**values, "name": "Joku Muu"})

    ilmari = await person(house, "ilmari")
    assert (ilmari.name, ilmari.team_id, ilmari.languages) == ("Seppo Ilmarinen", HEALTH, ("sv",))
    assert (changed.status, late.status) == (200, 409)
    assert "Somebody else has changed this meanwhile" in late.text


async def test_an_adviser_with_appointments_ahead_does_not_become_an_admin(
    house: FaceHouse, admin: Browser
) -> None:
    await house.books()

    refused = await admin.sends(
        await admin.opens(PERSON), PERSON, role="admin", team_id=str(BANK), languages="fi"
    )

    assert refused.status == 409
    assert "Appointments are ahead." in refused.text
    assert (await person(house, "ilmari")).role is Role.ADVISER


async def test_making_inactive_tells_what_is_ahead_and_leaves_it(house: FaceHouse, admin: Browser) -> None:
    ilmari = await house.staff("ilmari")
    appointment, _ = await house.books()

    asked = await admin.opens(f"{PERSON}/deactivate")
    await admin.sends(asked, f"{PERSON}/deactivate")

    assert "1 appointment ahead" in asked.text
    assert f"/desk/appointments/{appointment.id}/colleague" in asked.text
    assert not (await person(house, "ilmari")).is_active
    assert await house.appointment(appointment.id) == appointment
    assert (await ilmari.opens("/desk")).address.startswith("/sign-in")
    await admin.sends(await admin.opens(PERSON), f"{PERSON}/activate")
    assert (await person(house, "ilmari")).is_active


async def test_an_appointment_that_came_meanwhile_stops_making_inactive(
    house: FaceHouse, admin: Browser
) -> None:
    asked = await admin.opens(f"{PERSON}/deactivate")
    await house.books()

    refused = await admin.sends(asked, f"{PERSON}/deactivate")

    assert refused.status == 409
    assert "1 appointment ahead" in refused.text
    assert (await person(house, "ilmari")).is_active


async def test_another_teams_customers_are_counted_and_not_named(house: FaceHouse, admin: Browser) -> None:
    await house.books("Aino Kanarianlintu", offering_id=NURSE, adviser_id=LOUHI)

    asked = await admin.opens(f"/admin/people/{LOUHI}/deactivate")

    assert "1 appointment ahead" in asked.text
    assert "They are on the desk of the team Terveysasema." in asked.text
    assert "Kanarianlintu" not in asked.text


async def test_an_admin_cannot_make_themselves_inactive_nor_an_adviser(
    house: FaceHouse, admin: Browser
) -> None:
    own = f"/admin/people/{ADMIN}"
    asked = await admin.opens(f"{own}/deactivate")
    csrf = (await admin.opens(own)).forms()[0]["csrf"]

    forced = await admin.posts(f"{own}/deactivate", {"csrf": csrf, "ahead": "0"})
    demoted = await admin.sends(
        await admin.opens(own), own, role="adviser", team_id=str(BANK), languages="fi"
    )

    assert f'action="{own}/deactivate"' not in asked.text
    assert (forced.status, demoted.status) == (409, 409)
    assert "You cannot take your own access away." in demoted.text
    assert (await person(house, "admin")).role is Role.ADMIN
    assert (await person(house, "admin")).is_active


async def test_an_admin_is_told_who_moves_them_to_another_team(house: FaceHouse, admin: Browser) -> None:
    own = f"/admin/people/{ADMIN}"

    refused = await admin.sends(
        await admin.opens(own), own, role="admin", team_id=str(HEALTH), languages="fi"
    )

    assert refused.status == 409
    assert "You cannot move yourself to another team. Ask another admin to do it." in refused.text
    assert (await person(house, "admin")).team_id == BANK


async def test_an_operator_is_nobody_to_an_admin(house: FaceHouse, admin: Browser) -> None:
    operator = StaffMember(id=demo_id("op"), login="op", name="Operaattori", role=Role.OPERATOR, team_id=BANK)
    async with house.units.write() as unit:
        await unit.staff.add(Credentials(operator, "no hash"))
    csrf = (await admin.opens(PERSON)).forms()[0]["csrf"]

    page = await admin.opens(f"/admin/people/{operator.id}")
    leaving = await admin.opens(f"/admin/people/{operator.id}/deactivate")
    password = await admin.posts(f"/admin/people/{operator.id}/password", {"csrf": csrf})
    put_up = await _sends_file(admin, f"/admin/people/{operator.id}/photo", csrf, jpeg(90, 60))
    taken_down = await admin.posts(f"/admin/people/{operator.id}/photo/remove", {"csrf": csrf})
    introduced = await admin.posts(f"/admin/people/{operator.id}/introduction", {"csrf": csrf})

    assert (page.status, leaving.status, password.status) == (404, 404, 403)
    assert (put_up.status, taken_down.status, introduced.status) == (404, 404, 404)
    async with house.units.read() as unit:
        assert (await unit.advisers.get(operator.id)).photo_id is None
    assert "Operaattori" not in (await admin.opens("/admin/people")).text


async def test_a_new_password_replaces_the_old_one(house: FaceHouse, admin: Browser) -> None:
    shown = await admin.removes(await admin.opens(PERSON), f"{PERSON}/password")
    found = re.search(r'<code class="secret"[^>]*>([^<]+)</code>', shown.text)
    assert found is not None

    old, new = house.browser(), house.browser()
    wrong = await old.sends(await old.opens("/sign-in"), "/sign-in", login="ilmari", password="ilmari")
    right = await new.sends(await new.opens("/sign-in"), "/sign-in", login="ilmari", password=found[1])

    assert (wrong.status, right.address) == (401, "/desk")


async def test_skills_are_the_offerings_that_are_ticked(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens(PERSON)
    form = next(form for form in page.forms() if form["action"] == f"{PERSON}/skills")

    await admin.posts(f"{PERSON}/skills", {**form, "offerings": str(NURSE)})
    late = await admin.posts(f"{PERSON}/skills", {**form, "offerings": str(MORTGAGE)})

    async with house.units.read() as unit:
        assert list(await unit.hours.offered_by(ILMARI)) == [NURSE]
    assert late.status == 409


async def test_what_an_adviser_says_of_themselves_is_told_to_their_customer(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    _, token = await house.books()

    await ilmari.sends(await ilmari.opens("/desk/profile"), "/desk/profile", about_en="I <b>listen</b>.")

    told = await house.browser().opens(f"/a/{token}")
    assert "I &lt;b&gt;listen&lt;/b&gt;." in told.text
    assert "Free of charge" in told.text


async def test_a_picture_is_made_small_shown_to_customers_and_taken_down(
    house: FaceHouse, admin: Browser
) -> None:
    ilmari = await house.staff("ilmari")
    _, token = await house.books()

    put_up = await _sends_photo(ilmari, "/desk/profile", jpeg(900, 600))
    address = _photo(put_up)
    shown = await _gets(house, address)
    seen_by_customer = await house.browser().opens(f"/a/{token}")
    taken_down = await admin.removes(await admin.opens(PERSON), f"{PERSON}/photo/remove")

    assert shown.status == 200
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["Content-Security-Policy"] == "sandbox"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert _photo(seen_by_customer) == address
    assert "/photos/" not in taken_down.text
    assert (await _gets(house, address)).status == 404


async def test_another_picture_takes_the_place_of_the_old_one(house: FaceHouse, admin: Browser) -> None:
    first = _photo(await _sends_photo(admin, PERSON, jpeg(900, 600)))

    second = _photo(await _sends_photo(admin, PERSON, jpeg(600, 900)))

    assert first != second
    assert [(await _gets(house, one)).status for one in (first, second)] == [404, 200]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 not for here", b"<svg onload=alert(1)>", b"\xff\xd8\xffbroken"]
)
async def test_what_is_no_picture_is_refused_beside_its_field(
    house: FaceHouse, admin: Browser, content: bytes
) -> None:
    refused = await _sends_photo(admin, PERSON, content)

    assert refused.status == 422
    assert "This is no picture that we can open." in refused.text
    assert "/photos/" not in refused.text


async def test_a_document_is_no_photo_whoever_knows_its_id(house: FaceHouse) -> None:
    document_id = uuid4()
    await house.app[keys.BLOBS].put(document_id, "page-1", b"secret")

    assert (await _gets(house, f"/photos/{document_id}")).status == 404


async def test_teams_are_added_and_renamed_once(house: FaceHouse, admin: Browser) -> None:
    old = await admin.opens("/admin/teams")
    await admin.sends(old, "/admin/teams", name="Vakuutukset")
    await admin.sends(old, f"/admin/teams/{BANK}", name="Lainat")

    late = await admin.sends(old, f"/admin/teams/{BANK}", name="Pankki")
    empty = await admin.sends(old, "/admin/teams", name=" ")

    async with house.units.read() as unit:
        names = [team.name for team in await unit.catalogue.teams()]
    assert names == ["Lainat", "Terveysasema", "Vakuutukset"]
    assert (late.status, empty.status) == (409, 422)


async def _sends_photo(browser: Browser, home: str, content: bytes) -> Page:
    form = next(one for one in (await browser.opens(home)).forms() if one["action"] == f"{home}/photo")
    return await _sends_file(browser, f"{home}/photo", form["csrf"], content)


async def _sends_file(browser: Browser, address: str, csrf: str, content: bytes) -> Page:
    body = FormData()
    body.add_field("csrf", csrf)
    body.add_field("file", content, filename="me.jpg", content_type="image/jpeg")
    headers = {"Accept-Language": "en", "Accept": "text/html", "Origin": browser.origin}
    async with browser.client.post(f"{browser.origin}{address}", data=body, headers=headers) as answer:
        return Page(answer.status, str(answer.url.relative()), await answer.text())


def _photo(page: Page) -> str:
    found = PHOTO.search(page.text)
    assert found is not None
    return found[1]


async def _gets(house: FaceHouse, address: str) -> Page:
    async with house.browser().client.get(f"{house.origin}{address}") as answer:
        return Page(answer.status, address, "", answer.headers)
