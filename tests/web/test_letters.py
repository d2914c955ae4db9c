"""Admins see what became of letters, and decide about those of which nobody knows."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.appointment import Appointment
from booking.change import ChangedField, Thing
from booking.letter import Channel, LetterDue, LetterKind
from booking.not_reminded import NotReminded, not_reminded
from booking.take_message import take_message
from server.database.outbox_table import Delivery
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

HOME = "/admin/letters"
IN_DOUBT = f"{HOME}/in-doubt"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def doubted(house: FaceHouse) -> tuple[Appointment, UUID]:
    """Let Aino book, and her letter be in doubt twice: it waits for a person."""
    appointment, _ = await house.books()
    for _ in range(2):
        async with house.units.write() as unit:
            for one in await unit.outbox.claim(Channel.MAIL, house.now + timedelta(hours=1), "worker", 1):
                await unit.outbox.doubt(one.id, house.now, "no answer")
    async with house.units.read() as unit:
        [letter] = await unit.letters.in_doubt(channel=None, limit=9)
    return appointment, letter.id


async def test_the_day_shows_what_became_of_its_letters_by_channel(house: FaceHouse, admin: Browser) -> None:
    await doubted(house)

    whole, by_text_message = await admin.opens(HOME), await admin.opens(f"{HOME}?channel=sms")

    assert "Of some letters nobody knows" in whole.text
    assert '<td class="number">1</td><td class="number muted">0</td>' in whole.text.replace("\n      ", "")
    assert (await admin.opens(f"{HOME}?channel=pigeon")).status == 422
    assert by_text_message.text.count('<td class="number">0</td>') > 10


async def test_no_count_claims_that_an_email_was_delivered(house: FaceHouse, admin: Browser) -> None:
    await doubted(house)

    def delivered(page: Page) -> set[str]:
        rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", page.text, re.DOTALL)
        return {re.findall(r"<td[^>]*>(.*?)</td>", row)[2] for row in rows}

    by_mail, by_text_message = [await admin.opens(f"{HOME}?channel={one}") for one in ("mail", "sms")]

    assert (delivered(by_mail), delivered(by_text_message)) == ({"–"}, {"–", "0"})
    assert "Of e-mail nobody says so" in by_mail.text


async def test_who_decides_is_told_which_appointment_and_never_whose_or_what(
    house: FaceHouse, admin: Browser
) -> None:
    await doubted(house)

    page = await admin.opens(IN_DOUBT)

    assert "Booked" in page.text
    assert "Ilmari" in page.text
    assert "Aino" not in page.text
    assert "ortgage" not in page.text


async def test_a_letter_is_sent_again_and_the_log_says_who_wanted_it(
    house: FaceHouse, admin: Browser
) -> None:
    _, letter_id = await doubted(house)

    page = await admin.sends(await admin.opens(IN_DOUBT), f"{HOME}/{letter_id}/again")

    async with house.units.read() as unit:
        state = await unit.letters.state(letter_id)
        [noted] = await unit.changes.newest(thing=Thing.LETTER, limit=9)
    assert state == Delivery.WAITING
    assert noted.change.fields == (ChangedField("letter", "in_doubt", "waiting"),)
    assert "sent again now" in page.text
    assert "Send again" in (await admin.opens("/admin/changes")).text


async def test_of_two_who_decide_the_second_is_told(house: FaceHouse, admin: Browser) -> None:
    _, letter_id = await doubted(house)
    seen = await admin.opens(IN_DOUBT)
    await admin.sends(seen, f"{HOME}/{letter_id}/leave")

    late = await admin.sends(seen, f"{HOME}/{letter_id}/again")

    async with house.units.read() as unit:
        assert await unit.letters.state(letter_id) == Delivery.DROPPED
        assert len(await unit.changes.newest(thing=Thing.LETTER, limit=9)) == 1
    assert "meanwhile" in late.text


async def test_a_letter_that_did_not_arrive_is_shown_to_admin_and_adviser(
    house: FaceHouse, admin: Browser
) -> None:
    appointment, _ = await house.books()
    due = LetterDue(appointment_id=appointment.id, kind=LetterKind.ONE_DAY, sequence=0)
    async with house.units.write() as unit:
        [letter] = await unit.outbox.claim(Channel.MAIL, house.now, "worker", 1)
        await unit.outbox.mark_failed(letter.id, "recipient refused: 550")
        await not_reminded(unit, due, NotReminded.REFUSED, now=house.now)

    listed = await admin.opens(f"{HOME}/failed")
    desk = await (await house.staff("ilmari")).opens("/desk")

    assert "recipient refused: 550" in listed.text
    assert "Aino" not in listed.text
    assert "Not reminded" in desk.text


async def test_text_messages_of_unknown_numbers_are_counted_and_never_shown(
    house: FaceHouse, admin: Browser
) -> None:
    before = await admin.opens(HOME)
    async with house.units.write() as unit:
        for number in range(2):
            sender = f"+35850111222{number}"
            await take_message(unit, key=f"{number}", sender=sender, text="Moi kulta", now=house.now)

    page = await admin.opens(HOME)

    assert "unknown numbers" not in before.text
    assert "2 text messages of the last seven days came from numbers" in page.text
    assert "kulta" not in page.text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("came back: 5.1.1", "It came back."),
        ("recipient refused: 550", "The address does not take it."),
        ("undelivered", "The text message service could not deliver it."),
    ],
)
async def test_the_list_says_in_plain_words_why_a_letter_did_not_arrive(
    house: FaceHouse, admin: Browser, reason: str, words: str
) -> None:
    await house.books()
    async with house.units.write() as unit:
        [letter] = await unit.outbox.claim(Channel.MAIL, house.now, "worker", 1)
        await unit.outbox.mark_failed(letter.id, reason)

    assert words in (await admin.opens(f"{HOME}/failed")).text
