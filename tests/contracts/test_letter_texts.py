"""The words that admins have written for letters: the offering's own, else everybody's, else none."""

from dataclasses import replace
from datetime import timedelta

from booking.letter import Channel, LetterKind
from booking.letter_text import Part, TextPlace
from tests.contracts.world import NOW, TEN, World

ALL = TextPlace(kind=LetterKind.BOOKED, language="fi", channel=Channel.MAIL)
FIRST = {Part.SUBJECT: "Aika {{ day }} {{ time }}", Part.OPENING: "Hyvää\n\npäivää", Part.CLOSING: ""}
SECOND = {Part.SUBJECT: "Toinen {{ day }} {{ time }}", Part.OPENING: "Terve", Part.CLOSING: "Hei"}
SHORT = {Part.TEXT: "Aika {{ day }}: {{ link }}"}


async def test_words_come_back_as_they_were_put(world: World) -> None:
    async with world.units.write() as unit:
        await unit.letter_texts.put(ALL, FIRST)

    async with world.units.read() as unit:
        assert await unit.letter_texts.find(ALL) == FIRST
        assert await unit.letter_texts.places() == [ALL]


async def test_an_offerings_own_words_go_before_everybodys(world: World) -> None:
    own = replace(ALL, offering_id=world.talk)
    async with world.units.write() as unit:
        await unit.letter_texts.put(own, SECOND)
        await unit.letter_texts.put(ALL, FIRST)

    async with world.units.read() as unit:
        assert await unit.letter_texts.standing_for(own) == SECOND
        assert await unit.letter_texts.standing_for(ALL) == FIRST


async def test_an_offering_without_words_has_everybodys_and_another_place_has_none(world: World) -> None:
    async with world.units.write() as unit:
        await unit.letter_texts.put(ALL, FIRST)

    async with world.units.read() as unit:
        assert await unit.letter_texts.standing_for(replace(ALL, offering_id=world.talk)) == FIRST
        assert await unit.letter_texts.find(replace(ALL, offering_id=world.talk)) is None
        for other in ({"language": "sv"}, {"channel": Channel.SMS}, {"kind": LetterKind.MOVED}):
            assert await unit.letter_texts.standing_for(replace(ALL, **other)) is None


async def test_new_words_take_the_place_of_the_old_ones(world: World) -> None:
    for words in (FIRST, SECOND):
        async with world.units.write() as unit:
            await unit.letter_texts.lock(ALL)
            await unit.letter_texts.put(ALL, words)

    async with world.units.read() as unit:
        assert await unit.letter_texts.find(ALL) == SECOND
        assert await unit.letter_texts.places() == [ALL]


async def test_words_that_are_removed_are_gone_and_others_stay(world: World) -> None:
    sms = replace(ALL, channel=Channel.SMS)
    async with world.units.write() as unit:
        await unit.letter_texts.put(ALL, FIRST)
        await unit.letter_texts.put(sms, SHORT)
        await unit.letter_texts.remove(ALL)
        await unit.letter_texts.remove(ALL)

    async with world.units.read() as unit:
        assert await unit.letter_texts.places() == [sms]
        assert await unit.letter_texts.find(sms) == SHORT


async def test_the_next_appointment_is_the_live_one_that_begins_first(world: World) -> None:
    later = await world.booked(TEN + timedelta(days=1))
    first = await world.booked(TEN)

    async with world.units.read() as unit:
        catalogue = unit.catalogue
        assert await catalogue.next_ahead(NOW) == first.id
        assert await catalogue.next_ahead(NOW, offering_id=world.talk) == first.id
        assert await catalogue.next_ahead(TEN) == later.id
        assert await catalogue.next_ahead(NOW, offering_id=world.ilmari) is None
        assert await catalogue.next_ahead(TEN + timedelta(days=2)) is None


async def test_an_address_for_letters_on_trial_stays_with_its_member(world: World) -> None:
    async with world.units.write() as unit:
        member = await unit.staff.get(world.ilmari)
        await unit.staff.change(replace(member, email="ilmari@example.fi"))

    async with world.units.read() as unit:
        assert (await unit.staff.get(world.ilmari)).email == "ilmari@example.fi"
        assert (await unit.staff.get(world.louhi)).email == ""
