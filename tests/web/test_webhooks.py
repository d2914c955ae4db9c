"""The admin's webhooks: set up with a secret shown once, seen to, and noted in the log of changes."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from booking.change import ChangedField, Deed, Thing
from booking.fact import FactKind
from booking.notice import Attempt, Fault, Notice, Notified
from booking.subscriber import MOST_SUBSCRIBERS, Format, State, Stopped, Subscriber
from identity.permission import Role
from server.demo_data import ADMIN
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser, Page
from web.pages.webhook_log import TRIALS_AN_HOUR

HOME = "/admin/webhooks"
HOOK = "https://127.0.0.1:8443/hook/a-key-of-theirs"
FORM = {
    "name": "Kassa",
    "address": HOOK,
    "format": "standard",
    "language": "fi",
    "kinds": "booked",
}
BAD = Attempt(at=NOW, milliseconds=15_000, fault=Fault.TIMEOUT)
GOOD = Attempt(at=NOW + timedelta(minutes=1), milliseconds=31, status=204, said="No Content")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as opened:
        yield opened


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def added(admin: Browser, **values: str) -> Page:
    return await admin.sends(await admin.opens(f"{HOME}/new"), f"{HOME}/new", **(FORM | values))


async def kept(house: FaceHouse) -> list[Subscriber]:
    async with house.units.read() as unit:
        return list(await unit.subscribers.all())


async def the_one(house: FaceHouse) -> Subscriber:
    [one] = await kept(house)
    return one


async def secrets(house: FaceHouse, subscriber_id: UUID) -> list[str]:
    async with house.units.read() as unit:
        return list(await unit.subscribers.secrets(subscriber_id, now=house.now))


async def another_admin(house: FaceHouse) -> Browser:
    async with house.units.write() as unit:
        louhi = await unit.staff.by_login("louhi")
        assert louhi is not None
        await unit.staff.change(replace(louhi.member, role=Role.ADMIN))
    return await house.staff("louhi")


def shown_secret(page: Page) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", page.text)
    assert found is not None
    return found[0]


async def failed_notice(house: FaceHouse, one: Subscriber) -> UUID:
    """Book, and let the first try to tell of it fail for good."""
    await house.books()
    async with house.units.write() as unit:
        [notice] = await unit.notices.claim(one.id, house.now, house.now + timedelta(minutes=2), 9)
        await unit.notices.mark_failed(notice.id, BAD)
    return notice.id


async def test_a_new_webhook_is_kept_and_its_secret_shown_once(house: FaceHouse, admin: Browser) -> None:
    page = await added(admin, format="chat", language="sv")

    one = await the_one(house)
    assert (one.name, one.address, one.format, one.language) == ("Kassa", HOOK, Format.CHAT, "sv")
    assert (one.kinds, one.state) == (frozenset({FactKind.BOOKED}), State.ACTIVE)
    assert await secrets(house, one.id) == [shown_secret(page)]
    for address in (HOME, f"{HOME}/{one.id}", f"{HOME}/{one.id}/edit", "/admin/changes"):
        later = await admin.opens(address)
        assert later.status == 200
        assert "whsec_" not in later.text


async def test_a_key_in_the_address_stands_in_the_form_alone(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)

    pages = [(await admin.opens(each)).text for each in (HOME, f"{HOME}/{one.id}", "/admin/changes")]

    assert "a-key-of-theirs" in (await admin.opens(f"{HOME}/{one.id}/edit")).text
    assert [("https://127.0.0.1:8443" in text, "a-key-of-theirs" in text) for text in pages] == [
        (True, False),
        (True, False),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Fill in this field."),
        ({"address": ""}, "Fill in this field."),
        ({"address": "hooks.example.com"}, "Write an address like https://"),
        ({"address": "https://a:b@127.0.0.1/"}, "Leave the name and the password out"),
        ({"address": "https://10.0.0.1/"}, "This address lies in an internal network"),
        ({"address": "https://169.254.169.254/"}, "This address lies in an internal network"),
        ({"address": "http://1.1.1.1/"}, "The address must begin with https://"),
        ({"address": "https://no-such-host.invalid/"}, "No machine by this name is found"),
        ({"format": "xml"}, "Choose one of these."),
        ({"language": "ru"}, "Choose one of these."),
        ({"kinds": "everything"}, "Choose one of these."),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    house: FaceHouse, admin: Browser, values: dict[str, str], said: str
) -> None:
    page = await added(admin, **values)

    assert page.status == 422
    assert said in page.text
    assert "Kassa" in page.text or "name" in values
    assert await kept(house) == []


async def test_no_event_is_one_too_few(house: FaceHouse, admin: Browser) -> None:
    form = {name: value for name, value in FORM.items() if name != "kinds"}
    csrf = next(one for one in (await admin.opens(f"{HOME}/new")).forms() if one["action"] == f"{HOME}/new")

    page = await admin.posts(f"{HOME}/new", {"csrf": csrf["csrf"], **form})

    assert (page.status, "Choose at least one." in page.text, await kept(house)) == (422, True, [])


async def test_there_are_twenty_at_most(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens(f"{HOME}/new")
    for number in range(MOST_SUBSCRIBERS):
        assert (await admin.sends(page, f"{HOME}/new", **(FORM | {"name": f"Kassa {number}"}))).status == 200

    one_more = await admin.sends(page, f"{HOME}/new", **FORM)

    assert (one_more.status, len(await kept(house))) == (409, MOST_SUBSCRIBERS)
    assert "There are twenty webhooks already." in one_more.text


async def test_a_change_is_kept_unless_somebody_was_faster(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    edit = f"{HOME}/{one.id}/edit"
    mine, theirs = await admin.opens(edit), await admin.opens(edit)

    first = await admin.sends(mine, edit, **(FORM | {"name": "Uusi kassa"}))
    second = await admin.sends(theirs, edit, **(FORM | {"name": "Toinen"}))
    again = await admin.sends(second, edit, **(FORM | {"name": "Toinen"}))

    assert (first.status, second.status, again.status) == (200, 409, 200)
    assert "Somebody else has changed this meanwhile" in second.text
    assert (await the_one(house)).name == "Toinen"


async def test_a_new_secret_is_shown_after_a_question_and_both_sign_for_a_day(
    house: FaceHouse, admin: Browser
) -> None:
    old = shown_secret(await added(admin))
    one = await the_one(house)
    asked = await admin.sends(await admin.opens(f"{HOME}/{one.id}"), f"{HOME}/{one.id}/secret")
    before = await secrets(house, one.id)

    new = shown_secret(await admin.sends(asked, f"{HOME}/{one.id}/secret"))

    assert ("Replace the secret?" in asked.text, before) == (True, [old])
    assert await secrets(house, one.id) == [new, old]
    house.now += timedelta(hours=24)
    assert await secrets(house, one.id) == [new]


async def test_pause_go_on_and_remove(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    here = f"{HOME}/{one.id}"

    paused = await admin.sends(await admin.opens(here), f"{here}/pause")
    stood = (await the_one(house)).state
    again = await admin.sends(paused, f"{here}/resume")
    stands = (await the_one(house)).state
    listed = await admin.removes(again, f"{here}/remove")

    assert (stood, stands, await kept(house)) == (State.PAUSED, State.ACTIVE, [])
    assert ("Events wait for 30 days" in paused.text, "No system is told yet." in listed.text) == (True, True)
    assert (await admin.opens(here)).status == 404


async def test_a_test_message_is_put_in_the_queue(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)

    page = await admin.sends(await admin.opens(f"{HOME}/{one.id}"), f"{HOME}/{one.id}/test")

    async with house.units.read() as unit:
        [line] = await unit.notices.log(one.id, limit=9)
    assert (line.notice.about, line.notice.state) == (None, Notified.WAITING)
    assert "Test message" in page.text


async def test_an_admin_sends_so_many_test_messages_an_hour_and_no_more(
    house: FaceHouse, admin: Browser
) -> None:
    await added(admin)
    one = await the_one(house)
    here = f"{HOME}/{one.id}"
    csrf = (await admin.opens(here)).forms()[0]["csrf"]

    told = [(await admin.posts(f"{here}/test", {"csrf": csrf})).status for _ in range(TRIALS_AN_HOUR + 1)]

    async with house.units.read() as unit:
        put = len(await unit.notices.log(one.id, limit=99))
    assert (told[-2:], put) == ([200, 429], TRIALS_AN_HOUR)


async def test_a_machine_gets_so_many_test_messages_an_hour_from_all_admins_and_webhooks(
    house: FaceHouse, admin: Browser
) -> None:
    ids = []
    for name, address in (("A", HOOK), ("B", f"{HOOK}/b"), ("C", "https://127.0.0.1:8444/")):
        await added(admin, name=name, address=address)
        ids.append(next(one.id for one in await kept(house) if one.name == name))
    csrf = (await admin.opens(HOME)).forms()[0]["csrf"]
    for number in range(TRIALS_AN_HOUR):
        await admin.posts(f"{HOME}/{ids[number % 2]}/test", {"csrf": csrf})

    other = await another_admin(house)
    csrf = (await other.opens(HOME)).forms()[0]["csrf"]
    told = [(await other.posts(f"{HOME}/{one}/test", {"csrf": csrf})).status for one in ids]

    assert told == [429, 429, 200]


async def test_an_admin_reads_that_the_receiver_asked_us_to_wait(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    async with house.units.write() as unit:
        await unit.subscribers.failed(one.id, at=house.now)
        await unit.subscribers.wait(one.id, until=house.now + timedelta(hours=1))

    asked = await admin.opens(f"{HOME}/{one.id}")
    house.now += timedelta(hours=2)
    admin = await house.staff("admin")
    later = await admin.opens(f"{HOME}/{one.id}")

    words = "The receiver asked us to wait until"
    assert (words in asked.text, words in later.text) == (True, False)
    assert "Nothing has arrived since" in later.text


async def test_the_log_tells_each_try_and_no_name(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    notice_id = await failed_notice(house, one)
    async with house.units.write() as unit:
        await unit.notices.replay(one.id, notice_id, now=house.now)
        await unit.notices.mark_delivered(notice_id, GOOD)

    page = await admin.opens(f"{HOME}/{one.id}")

    for told in ("appointment.booked", "2 tries", "No answer in time", "204 No Content · 31 ms"):
        assert told in page.text
    assert not any(word in page.text for word in ("Aino", "aino@example.com"))


async def test_what_failed_is_sent_again_one_by_one_or_all_since_a_moment(
    house: FaceHouse, admin: Browser
) -> None:
    await added(admin)
    one = await the_one(house)
    here = f"{HOME}/{one.id}"
    notice_id = await failed_notice(house, one)
    states = []
    for deed, hours in (("replay", ""), ("replay-failed", "1"), ("replay-failed", "24")):
        admin = await house.staff("admin")
        page = await admin.opens(f"{here}?failed=1")
        values = {"notice_id": str(notice_id)} if deed == "replay" else {"hours": hours}
        await admin.sends(page, f"{here}/{deed}", **values)
        async with house.units.write() as unit:
            [line] = await unit.notices.log(one.id, limit=9)
            states.append(line.notice.state)
            await unit.notices.mark_failed(notice_id, BAD)
        house.now += timedelta(hours=2)

    assert states == [Notified.WAITING, Notified.FAILED, Notified.WAITING]


async def test_a_notice_is_sent_again_to_its_own_webhook_alone(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    await added(admin, name="Toinen", kinds="left")
    other = next(each for each in await kept(house) if each.name == "Toinen")
    notice_id = await failed_notice(house, one)
    csrf = (await admin.opens(f"{HOME}/{one.id}")).forms()[0]["csrf"]

    await admin.posts(f"{HOME}/{other.id}/replay", {"csrf": csrf, "notice_id": str(notice_id)})
    nobodys = await admin.posts(f"{HOME}/{uuid4()}/replay", {"csrf": csrf, "notice_id": str(notice_id)})

    async with house.units.read() as unit:
        [line] = await unit.notices.log(one.id, limit=9)
    assert (line.notice.state, nobodys.status) == (Notified.FAILED, 404)


async def test_an_admin_reads_why_the_house_stopped_and_starts_again(
    house: FaceHouse, admin: Browser
) -> None:
    await added(admin)
    one = await the_one(house)
    async with house.units.write() as unit:
        await unit.subscribers.put_in_state(one.id, State.STOPPED, Stopped.GONE)

    listed, page = await admin.opens(HOME), await admin.opens(f"{HOME}/{one.id}")
    await admin.sends(page, f"{HOME}/{one.id}/resume")

    assert ("Stopped" in listed.text, "gone for good (410)" in page.text) == (True, True)
    found = await the_one(house)
    assert (found.state, found.stopped) == (State.ACTIVE, None)


async def test_everything_done_to_a_webhook_is_in_the_log_of_changes(
    house: FaceHouse, admin: Browser
) -> None:
    await added(admin)
    one = await the_one(house)
    here = f"{HOME}/{one.id}"
    changed = FORM | {"kinds": "moved", "address": "https://127.0.0.1/other"}
    await admin.sends(await admin.opens(f"{here}/edit"), f"{here}/edit", **changed)
    house.now += timedelta(minutes=1)
    await admin.removes(await admin.opens(here), f"{here}/secret")
    await admin.sends(await admin.opens(here), f"{here}/pause")
    await admin.removes(await admin.opens(here), f"{here}/remove")

    async with house.units.read() as unit:
        noted = [each.change for each in await unit.changes.newest(thing=Thing.WEBHOOK, limit=9)][::-1]
    page = await admin.opens("/admin/changes")

    assert {(each.by, each.thing_id) for each in noted} == {(ADMIN, one.id)}
    assert [(each.deed, each.fields) for each in noted[:4]] == [
        (Deed.ADDED, ()),
        (Deed.CHANGED, (ChangedField("address"), ChangedField("kinds", "booked", "moved"))),
        (Deed.CHANGED, (ChangedField("secret"),)),
        (Deed.CHANGED, (ChangedField("state", "active", "paused"),)),
    ]
    assert (noted[4].deed, noted[4].fields[0]) == (Deed.REMOVED, ChangedField("name", "Kassa", ""))
    assert ("Removed" in page.text, "Kassa" in page.text) == (True, True)
    assert str(one.id) not in page.text  # no line leads to a page that is gone


async def test_the_log_has_pages(house: FaceHouse, admin: Browser) -> None:
    await added(admin)
    one = await the_one(house)
    here = f"{HOME}/{one.id}"
    for number in range(52):
        at = house.now + timedelta(seconds=number)
        async with house.units.write() as unit:
            await unit.notices.add(Notice(id=uuid4(), subscriber_id=one.id, about=None, at=at, next_at=at))

    first = await admin.opens(here)
    older = re.search(r'href="([^"]*before=[^"]*)"', first.text)
    assert older is not None
    second = await admin.opens(older[1].replace("&amp;", "&"))

    assert (first.text.count("webhook.test"), second.text.count("webhook.test")) == (50, 2)
