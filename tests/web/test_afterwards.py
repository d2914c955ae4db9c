"""After the meeting: the adviser sums up, the customer confirms and says how it went, figures are honest."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.close import close
from booking.feedback import Face, Feedback, Handled, feedback_of
from identity.look import Thing
from identity.look_ports import LooksAt
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.meetings import met
from tests.web.sign_in_house import Page

NONE = {"agrees": "", "handled": "", "points": ""}
"""What is sent where nobody chose."""

NOT_HANDLED = "The matter was not handled"
SUMMARY = {"line": "we_send", "text": "Papers by Friday."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def sums_up(house: FaceHouse, appointment_id: object, **said: str) -> Page:
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment_id}/summary"
    return await ilmari.posts(place, (await ilmari.opens(place)).forms()[-1] | {"revision": "0"} | said)


async def test_the_customer_reads_the_summary_confirms_it_and_says_how_it_went(house: FaceHouse) -> None:
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/afterwards"
    before = await aino.opens(place)
    await sums_up(house, appointment.id, **SUMMARY)
    read = await aino.opens(place)

    answers = {"agrees": "true", "handled": "yes", "face": "great", "points": "0", "word": "Kiitos!"}
    thanked = await aino.sends(read, place, **answers)

    assert "data-awaited" in before.text
    assert "We send you what we agreed on." in read.text
    assert "Papers by Friday." in read.text
    assert "data-awaited" not in read.text
    assert "Thank you for your answers." in thanked.text
    given = feedback_of(await house.history(appointment.id))
    assert given == Feedback(agrees=True, handled=Handled.YES, face=Face.GREAT, points=0)
    assert "Kiitos" not in str(await house.history(appointment.id))


async def test_the_adviser_reads_the_answers_and_that_is_written_down(house: FaceHouse) -> None:
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/afterwards"
    ilmari, back = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/wrap-up"
    await aino.sends(
        await aino.opens(place), place, handled="partly", face="poor", word="Ääni oli hiljainen."
    )

    asked = await ilmari.opens(back)
    await ilmari.sends(asked, back, handled="yes", line="settled", text="Laina sovittiin.")
    seen = await ilmari.opens(back)

    for words in ("In part", "Not well", "Ääni oli hiljainen.", "Laina sovittiin.", "We settled the matter."):
        assert words in seen.text
    async with house.units.read() as unit:
        looks = await unit.access_log.newest(LooksAt(appointment_id=appointment.id))
    assert any(kept.look.thing is Thing.TEXT for kept in looks)
    assert "Laina sovittiin." in (await aino.opens(place)).text


async def test_a_matter_that_was_not_handled_waits_at_the_desk_until_the_customer_was_called(
    house: FaceHouse,
) -> None:
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/afterwards"
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    assert NOT_HANDLED not in (await ilmari.opens("/desk")).text

    await aino.sends(await aino.opens(place), place, **NONE | {"handled": "no"})
    waits = await ilmari.opens("/desk")
    called = await ilmari.sends(waits, f"/desk/appointments/{appointment.id}/called")

    assert (NOT_HANDLED in waits.text, "The customer says so." in waits.text) == (True, True)
    assert f"/desk/appointments/{appointment.id}/again" in waits.text
    assert NOT_HANDLED not in (await louhi.opens("/desk?team=1")).text
    assert called.address == "/desk?done=called"
    assert NOT_HANDLED not in (await ilmari.opens("/desk")).text


async def test_answers_change_for_two_weeks_and_the_same_ones_write_nothing(house: FaceHouse) -> None:
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/afterwards"
    form = await aino.opens(place)

    for answers in ({"face": "bad"}, {"face": "bad"}, {"face": "good", "word": "x"}):
        await aino.sends(form, place, **NONE | answers)
    house.now = appointment.span.end + timedelta(days=14)
    late = await aino.sends(form, place, face="bad")
    after = await aino.opens(place)

    assert (await house.kinds(appointment.id)).count("feedback_given") == 2
    assert late.status == 409
    assert "<form" not in after.text.partition("<main")[2].partition("</main>")[0]
    assert feedback_of(await house.history(appointment.id)) == Feedback(face=Face.GOOD)


async def test_who_did_not_meet_is_asked_nothing_and_nonsense_is_refused(house: FaceHouse) -> None:
    missed, absent = await house.books("Kullervo", start=SOON + timedelta(hours=3))
    appointment, token = await met(house)
    aino, place = house.browser(), f"/a/{token}/afterwards"
    form = await aino.opens(place)

    wrong = [{"face": "x"}, {"points": "11"}, {"points": "-1"}, {"handled": "maybe"}, {"word": "x" * 301}]
    told = [(await aino.sends(form, place, **one)).status for one in wrong]
    nobody = await aino.posts(f"/a/{absent}/afterwards", form.forms()[-1] | {"face": "good"})

    assert told == [422] * 5
    assert nobody.status == 409
    assert "feedback_given" not in await house.kinds(appointment.id) + await house.kinds(missed.id)


async def test_of_two_who_sum_up_at_once_the_second_is_told(house: FaceHouse) -> None:
    appointment, token = await met(house)

    first = await sums_up(house, appointment.id, **SUMMARY)
    second = await sums_up(house, appointment.id, text="Something else.")
    long = await sums_up(house, appointment.id, text="x" * 1001)

    assert (first.address, second.status, long.status) == ("/desk?done=summed", 409, 422)
    assert "Something else." not in (await house.browser().opens(f"/a/{token}/afterwards")).text


async def test_the_admin_reads_figures_of_five_answers_and_nothing_of_four(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    address = f"from={SOON:%Y-%m-%d}&to={SOON:%Y-%m-%d}"
    texts, sheets = [], []
    for turn in range(5):
        appointment, token = await met(house, f"Aino {turn}", start=SOON + turn * timedelta(hours=1))
        aino, place = house.browser(), f"/a/{token}/afterwards"
        await aino.sends(await aino.opens(place), place, **NONE | {"face": "good", "word": "Salainen"})
        async with house.units.write() as unit:
            await close(unit, appointment.id, now=house.now)
        texts.append((await admin.opens(f"/admin?{address}")).text)
        sheets.append((await admin.opens(f"/admin/feedback.csv?{address}")).text)

    assert "Fewer than 5 have answered." in texts[3]
    assert "face,,\r\n" in sheets[3]
    assert "the customers of 5 answered (100.0%)" in texts[4]
    assert "face,good,5\r\n" in sheets[4]
    assert "Salainen" not in "".join((*texts, *sheets))
