"""An offering's questions, advice and terms: asked, checked, kept as shown, and read later."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from booking.letter import Channel
from booking.offering import Advice
from booking.question import Question, QuestionKind
from server.database.offering_values import offering_values
from server.database.offerings import offerings
from server.demo_data import ILMARI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from web.moments import moment_json

QUESTIONS = (
    Question(key="matter", kind=QuestionKind.TEXT, labels={"en": "What is it about?"}, is_required=True),
    Question(
        key="home",
        kind=QuestionKind.CHOICE,
        labels={"en": "What do you buy?"},
        choices=({"en": "A flat"}, {"en": "A house"}),
    ),
    Question(key="sum", kind=QuestionKind.NUMBER, labels={"en": "How much?"}),
    Question(key="day", kind=QuestionKind.DATE, labels={"en": "By when?"}),
    Question(key="offer", kind=QuestionKind.FILE, labels={"en": "The seller's offer"}),
)
TERMS = "Cancel in time.\n\nBe kind."
ADVICE = Advice(
    {"en": "Change a payment day"}, {"en": "Sign in and choose Loans."}, "https://bank.example/loans"
)
AINO = {"name": "Aino Virtanen", "email": "aino@example.com", "phone": "", "language": "fi"}
ANSWERS = {
    "answer-matter": "A <new> roof",
    "answer-home": "1",
    "answer-sum": "1 200,50",
    "answer-day": "2027-01-31",
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        await offers(house, questions=QUESTIONS, terms={"en": TERMS}, advice=(ADVICE,), prices={"en": "50 €"})
        yield house


async def test_advice_and_price_stand_before_the_times(house: FaceHouse) -> None:
    page = await house.browser().opens(f"/book/{MORTGAGE}")

    assert page.text.index("Change a payment day") < page.text.index('name="start"')
    assert "Sign in and choose Loans." in page.text
    assert 'href="https://bank.example/loans"' in page.text
    assert "50 €" in page.text


async def test_what_was_answered_is_shown_to_aino_and_her_adviser_and_written_nowhere_else(
    house: FaceHouse,
) -> None:
    aino, ilmari = house.browser(), await house.staff("ilmari")

    mine = await books(aino, await holds(aino), **ANSWERS)
    desk = await ilmari.opens("/desk")
    meeting = await ilmari.opens(f"/desk/appointments/{(await house.booked())[0].id}/meeting")
    calendar = await aino.opens(f"{mine.address.partition('?')[0]}/calendar.ics")

    for page in (mine, desk, meeting):
        told = re.findall(r'<dt>([^<]+)</dt><dd class="as-written">([^<]+)</dd>', page.text)
        assert told == [
            ("What is it about?", "A &lt;new&gt; roof"),
            ("What do you buy?", "A house"),
            ("How much?", "1 200,50"),
            ("By when?", "31 January 2027"),
        ]
    assert "roof" not in calendar.text


async def test_a_paper_that_is_asked_for_is_still_to_be_handed_in_after_booking(house: FaceHouse) -> None:
    aino = house.browser()
    form = await holds(aino)

    mine = await books(aino, form, **ANSWERS)

    assert "You can send it after booking" in form.text
    assert "Still to hand in:" in mine.text
    assert "The seller&#39;s offer" in mine.text


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("matter", "", "Fill in this field."),
        ("matter", "x" * 2001, "This is too long."),
        ("home", "2", "Choose one of these."),
        ("sum", "much", "Write a number"),
        ("day", "31.1.2027", "Choose a date"),
    ],
)
async def test_what_is_no_answer_is_told_beside_its_question_and_the_rest_stays(
    house: FaceHouse, name: str, answer: str, said: str
) -> None:
    aino = house.browser()

    page = await books(aino, await holds(aino), **{**ANSWERS, f"answer-{name}": answer})

    beside = re.search(rf'id="error-answer-{name}">([^<]+)<', page.text)
    assert page.status == 422
    assert beside is not None
    assert said in beside[1]
    assert f'href="#field-answer-{name}"' in page.text
    assert 'value="Aino Virtanen"' in page.text
    assert (name == "home") != bool(re.search(r'name="answer-home" value="1" checked', page.text))
    assert await house.booked() == []


async def test_answers_go_along_when_the_time_was_taken_meanwhile(house: FaceHouse) -> None:
    aino = house.browser()
    form = await holds(aino)
    await aino.posts(f"{form.address.partition('?')[0]}/release", {**release(form)})
    await house.books("Kullervo")

    taken = await books(aino, form, **ANSWERS)
    start = re.findall(r'name="start" value="([^"]+)"', taken.text)[0]
    mine = await aino.sends(taken, form.address, start=start)

    assert taken.status == 409
    assert "A &lt;new&gt; roof" in mine.text


async def test_the_terms_are_kept_as_they_were_shown(house: FaceHouse) -> None:
    aino = house.browser()
    form = await holds(aino)
    mine = await books(aino, form, **ANSWERS)

    await offers(house, terms={"en": "Others."})
    later = await aino.opens(f"{mine.address.partition('?')[0]}/terms")

    assert TERMS in form.text
    assert f">{TERMS}<" in later.text
    assert "Others." not in later.text


async def test_terms_that_changed_since_they_were_shown_are_shown_again_before_booking(
    house: FaceHouse,
) -> None:
    aino = house.browser()
    form = await holds(aino)
    await offers(house, terms={"en": "Others."})

    page = await books(aino, form, **ANSWERS)
    mine = await books(aino, page, **ANSWERS)

    assert page.status == 422
    assert "The terms have changed meanwhile." in page.text
    assert "Others." in page.text
    assert "Your appointment is booked." in mine.text


async def test_who_has_another_appointment_then_is_told_by_letter_and_offered_other_times(
    house: FaceHouse,
) -> None:
    mine, token = await house.books()
    aino = house.browser()
    form = await aino.sends(
        await aino.opens(f"/book/{MORTGAGE}"), f"/book/{MORTGAGE}/hold", start=moment_json(SOON)
    )

    page = await books(aino, form, **ANSWERS)
    again = await books(aino, form, **ANSWERS)
    start = re.findall(r'name="start" value="([^"]+)"', page.text)[0]
    other = await aino.sends(page, form.address, start=start)

    assert (page.status, again.status) == (409, 409)
    assert "You already have an appointment at that time" in page.text
    assert token not in page.text
    assert str(mine.id) not in page.text
    assert start >= mine.span.end.isoformat()
    assert "Your appointment is booked." in other.text
    async with house.units.write() as unit:
        letters = await unit.outbox.claim(Channel.MAIL, house.now, "a test", 100)
    assert [one.letter.appointment_id for one in letters if one.letter.kind == "overlap"] == [mine.id]


async def test_a_form_sent_twice_says_that_the_first_one_booked(house: FaceHouse) -> None:
    aino = house.browser()
    form = await holds(aino)
    await books(aino, form, **ANSWERS)

    page = await books(aino, form, **ANSWERS)

    assert page.status == 409
    assert "Did you press the button twice?" in page.text
    assert len(await house.booked()) == 1


async def test_from_an_appointment_one_books_again_with_the_same_adviser(house: FaceHouse) -> None:
    _, token = await house.books()

    page = await house.browser().opens(f"/a/{token}")

    assert f'href="/book/{MORTGAGE}?adviser={ILMARI}"' in page.text
    assert "Book another appointment with Ilmari Seppä" in page.text


async def offers(house: FaceHouse, **changes: Any) -> None:
    """Change the offering as an admin does."""
    async with house.units.read() as unit:
        offering = replace(await unit.offerings.get(MORTGAGE), **changes)
    async with house.engines.writing.begin() as connection:
        values = offering_values(offering)
        await connection.execute(update(offerings).where(offerings.c.id == MORTGAGE).values(**values))


async def holds(browser: Browser) -> Page:
    asked = f"/book/{MORTGAGE}?adviser={ILMARI}"
    hold = asked.replace("?", "/hold?")
    return await browser.sends(await browser.opens(asked), hold, start=moment_json(SOON))


async def books(browser: Browser, form: Page, **answers: str) -> Page:
    found = next(each for each in form.forms() if "adviser_id" in each)
    plain = {name: value for name, value in found.items() if not name.startswith("answer-")}
    return await browser.posts(plain["action"], {**plain, **AINO, **answers})


def release(form: Page) -> Mapping[str, str]:
    return next(each for each in form.forms() if "/release" in each["action"])
