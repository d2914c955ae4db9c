"""Tags: an admin writes a short list, an adviser ticks them in the wrap-up, the statistics count them."""

import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from booking.close import close
from booking.wording import Wording, WordingKind
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from tests.web.test_desk_wrap_up import ends, meets

HOME = "/admin/tags"
UNKNOWN = UUID(int=7)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        admin = await house.staff("admin")
        for fi, en in (("asiakirjoja", "needs documents"), ("soitto", "call")):
            await admin.sends(await admin.opens(HOME), HOME, text_fi=fi, text_en=en, text_sv="")
        yield house


async def tags(house: FaceHouse) -> list[Wording]:
    async with house.units.read() as unit:
        return list(await unit.wordings.all(WordingKind.TAG))


async def over(house: FaceHouse) -> tuple[UUID, str]:
    appointment_id = await meets(house)
    await ends(house, appointment_id)
    return appointment_id, f"/desk/appointments/{appointment_id}/wrap-up"


async def says(browser: Browser, place: str, *ticked: Wording | UUID, **more: str) -> Page:
    """Press a button of the form with these boxes ticked."""
    form = next(one for one in (await browser.opens(place)).forms() if one["action"] == place)
    ids = [str(one if isinstance(one, UUID) else one.id) for one in ticked]
    fields = [("csrf", form["csrf"]), ("said", form["said"]), *(("tag", one) for one in ids), *more.items()]
    headers = {"Accept-Language": "en", "Accept": "text/html", "Origin": browser.origin}
    async with browser.client.post(f"{browser.origin}{place}", data=fields, headers=headers) as answer:
        return Page(answer.status, str(answer.url.relative()), await answer.text(), answer.headers)


async def test_ticked_tags_are_in_the_fact_on_the_desk_and_on_the_appointments_page(house: FaceHouse) -> None:
    appointment_id, place = await over(house)
    papers, call = await tags(house)
    ilmari = await house.staff("ilmari")

    desk = await says(ilmari, place, call, papers)
    seen = await ilmari.opens(place)

    wrapped = (await house.history(appointment_id))[-1]
    assert wrapped.detail == {"computed": "met", "said": "met", "tags": f"{papers.id},{call.id}"}
    assert desk.address == "/desk?done=wrapped"
    assert f'href="{place}">needs documents<' in desk.text
    assert "needs documents" in seen.text
    assert "Looked back at the meeting" in seen.text


async def test_without_a_tick_nothing_is_asked_and_nothing_kept(house: FaceHouse) -> None:
    appointment_id, place = await over(house)

    done = await says(await house.staff("ilmari"), place)

    assert done.address == "/desk?done=wrapped"
    assert (await house.history(appointment_id))[-1].detail == {"computed": "met", "said": "met"}


async def test_who_disagrees_keeps_the_ticks_and_the_dispute_has_none(house: FaceHouse) -> None:
    appointment_id, place = await over(house)
    papers, _ = await tags(house)

    await says(await house.staff("ilmari"), place, papers, instead="technical_failure")

    *_, disputed, wrapped = await house.history(appointment_id)
    assert disputed.detail == {"computed": "met", "said": "technical_failure"}
    assert wrapped.detail == {**disputed.detail, "tags": str(papers.id)}


async def test_a_tag_that_there_is_not_is_refused_and_nothing_is_written(house: FaceHouse) -> None:
    appointment_id, place = await over(house)

    refused = await says(await house.staff("ilmari"), place, UNKNOWN)

    assert refused.status == 404
    assert "wrapped_up" not in await house.kinds(appointment_id)


async def test_a_withdrawn_tag_is_not_offered_and_a_page_that_has_it_may_send_it(house: FaceHouse) -> None:
    appointment_id, place = await over(house)
    papers, _ = await tags(house)
    admin, ilmari = await house.staff("admin"), await house.staff("ilmari")
    csrf = (await admin.opens(HOME)).forms()[0]["csrf"]
    await admin.posts(f"{HOME}/{papers.id}/withdraw", {"csrf": csrf, "withdrawn": "1"})

    asked = await ilmari.opens(place)
    await says(ilmari, place, papers)

    assert str(papers.id) not in asked.text
    assert (await house.history(appointment_id))[-1].detail["tags"] == str(papers.id)
    assert "needs documents" in (await ilmari.opens(place)).text


async def test_the_statistics_count_meetings_by_tag_and_the_export_names_nobody(house: FaceHouse) -> None:
    appointment_id, place = await over(house)
    papers, call = await tags(house)
    await says(await house.staff("ilmari"), place, papers)
    await house.units.do(lambda unit: close(unit, appointment_id, now=house.now))
    admin = await house.staff("admin")

    shown = re.sub(r"<[^>]+>|\s+", " ", (await admin.opens("/admin")).text.partition('id="tag-figures"')[2])
    exported = (await admin.opens("/admin/tags.csv")).text

    assert "Of 1 meetings that were looked back at, 1 have a tag." in shown
    assert list(csv.reader(io.StringIO(exported.removeprefix("\ufeff")))) == [
        ["id", "tag", "meetings"],
        [str(papers.id), "needs documents", "1"],
        [str(call.id), "call", "0"],
    ]
    assert "Aino" not in exported


async def test_a_longer_tag_than_forty_characters_is_refused(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    answer = await admin.sends(await admin.opens(HOME), HOME, text_fi="x" * 41, text_en="", text_sv="")

    assert (answer.status, len(await tags(house))) == (422, 2)
