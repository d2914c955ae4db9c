"""A freed slot is offered to who has waited longest and can use it, and to nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from booking.appointment import Appointment
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.letter import Channel, LetterKind
from booking.move import move
from booking.offer import OfferState
from booking.quiet_hours import quiet_until
from booking.reassign import reassign
from booking.refill import RefillMode
from booking.time_span import TimeSpan
from booking.wait import EarlierWish, stop_waiting, wait
from tests.contracts.waitlisted import DAY, HOUR, Waitlisted, customer
from tests.contracts.world import LENGTH, NOW, TEN, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(world: World) -> Waitlisted:
    """Everybody, on units of each kind."""
    return Waitlisted(world)


async def freed(people: Waitlisted, start: datetime = TEN) -> Appointment:
    """Let Aino book a time and give it up."""
    aino = await people.books("Aino", start)
    await people.cancels(aino)
    return aino


async def test_who_cancels_frees_the_slot_and_the_history_says_with_how_much_notice(
    people: Waitlisted,
) -> None:
    aino = await freed(people)

    told = (await people.facts(aino))[-1]
    assert (told.kind, told.by) == (FactKind.FREED, Actor.CUSTOMER)
    assert told.detail["start"] == "2026-11-24T10:00:00Z"
    assert told.detail["notice_minutes"] == 28 * 60


async def test_the_longest_waiting_is_offered_the_slot_and_told_by_letter(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)

    assert await people.offers() == [(kullervo.id, TEN)]
    assert (await people.kinds(kullervo))[-1] is FactKind.OFFERED
    async with people.world.units.write() as unit:
        letters = await unit.outbox.claim(Channel.MAIL, people.now, "test", 100)
    offer = await people.offer(kullervo)
    assert [one.letter.offer_id for one in letters if one.letter.kind is LetterKind.OFFER] == [offer.id]


async def test_the_slot_is_kept_for_who_is_asked_until_the_deadline(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await people.works()

    offer = await people.offer(kullervo)

    assert offer.expires_at == people.now + HOUR
    async with people.world.units.read() as unit:
        day = TimeSpan(TEN, TEN + LENGTH)
        taken = await unit.calendar.taken([people.world.ilmari], day, now=people.now)
        later = await unit.calendar.taken([people.world.ilmari], day, now=offer.expires_at)
    assert len(taken[people.world.ilmari]) == LENGTH // (5 * MINUTE)
    assert not later.get(people.world.ilmari)


async def test_claiming_moves_the_appointment_and_ends_the_waiting(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await people.works()

    claimed = await people.claims(await people.offer(kullervo))

    assert (claimed.is_new, claimed.appointment.span.start) == (True, TEN)
    assert await people.now_of(kullervo) == claimed.appointment
    assert (await people.kinds(kullervo))[-4:] == [
        FactKind.OFFERED,
        FactKind.MOVED,
        FactKind.FREED,
        FactKind.OFFER_CLAIMED,
    ]
    async with people.world.units.read() as unit:
        assert await unit.waitlist.of(kullervo.id) is None


async def test_a_second_tap_changes_nothing_and_says_so(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await people.works()
    offer = await people.offer(kullervo)
    first = await people.claims(offer)
    history = await people.facts(kullervo)

    again = await people.claims(offer)

    assert (again.is_new, again.appointment) == (False, first.appointment)
    assert await people.facts(kullervo) == history


async def test_what_is_declined_goes_to_the_next_and_is_not_offered_to_the_same_again(
    people: Waitlisted,
) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)
    await people.works()

    await people.declines(await people.offer(kullervo))
    assert await people.offers() == [(lemminkainen.id, TEN)]
    await people.declines(await people.offer(lemminkainen))

    assert await people.offers() == []
    assert (await people.kinds(kullervo))[-1] is FactKind.OFFER_DECLINED


async def test_an_offer_that_nobody_answers_expires_and_the_next_is_asked(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)
    await people.works()
    people.now += HOUR

    assert await people.offers() == [(lemminkainen.id, TEN)]
    last = (await people.facts(kullervo))[-1]
    assert (last.kind, last.detail["why"]) == (FactKind.OFFER_EXPIRED, "expired")


async def test_in_a_chain_each_takes_what_the_one_before_gave_up(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)
    await people.works()

    await people.claims(await people.offer(kullervo))
    assert await people.offers() == [(lemminkainen.id, TEN + DAY)]
    await people.claims(await people.offer(lemminkainen))

    assert (await people.now_of(kullervo)).span.start == TEN
    assert (await people.now_of(lemminkainen)).span.start == TEN + DAY


@pytest.mark.parametrize(
    ("name", "start", "wish", "values"),
    [
        ("whose own time is earlier", TEN - HOUR, EarlierWish(), {}),
        ("who cannot come so early", TEN + 2 * DAY, EarlierWish(not_before=TEN + MINUTE), {}),
        (
            "whose language the adviser does not speak",
            TEN + DAY,
            EarlierWish(),
            {"customer": customer("Sven", language="sv")},
        ),
        ("whom no letter reaches", TEN + DAY, EarlierWish(), {"customer": customer("Ukko", email="")}),
    ],
)
async def test_nobody_is_offered_what_is_of_no_use_to_them(
    people: Waitlisted, name: str, start: datetime, wish: EarlierWish, values: dict[str, object]
) -> None:
    await people.waits(name, start, wish, **values)
    await freed(people)

    assert await people.offers() == []


async def test_who_wants_the_same_adviser_is_offered_no_other(people: Waitlisted) -> None:
    louhi = people.world.louhi
    same = EarlierWish(same_adviser=True)
    with_louhi = await people.waits("Kullervo", TEN + DAY, same, adviser_id=louhi)
    with_ilmari = await people.waits("Lemminkäinen", TEN + DAY, same)
    await freed(people)

    assert await people.offers() == [(with_ilmari.id, TEN)]
    assert with_louhi.adviser_id == louhi


async def test_who_has_another_appointment_at_that_time_is_passed_over(people: Waitlisted) -> None:
    await people.waits("Kullervo", TEN + DAY)
    await people.books("Kullervo", TEN + 30 * MINUTE, adviser_id=people.world.louhi)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)

    assert await people.offers() == [(lemminkainen.id, TEN)]


async def test_who_gave_the_slot_up_is_not_offered_it(people: Waitlisted) -> None:
    aino = await people.waits("Aino", TEN)
    async with people.world.units.write() as unit:
        await move(unit, aino.id, TEN + DAY, by=Actor.CUSTOMER, now=people.now)

    assert await people.offers() == []


async def test_one_person_has_one_offer_at_a_time_and_three_a_day(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + 5 * DAY)
    for number in range(4):
        await freed(people, TEN + number * HOUR)

    for _ in range(3):
        assert len(await people.offers()) == 1
        await people.declines(await people.offer(kullervo))

    assert await people.offers() == []
    people.now += DAY
    assert len(await people.offers()) == 1


async def test_the_cap_is_a_persons_and_not_an_appointments(people: Waitlisted) -> None:
    await people.waits("Kullervo", TEN + 5 * DAY)
    await people.waits("Kullervo", TEN + 6 * DAY)
    await freed(people)
    await freed(people, TEN + HOUR)

    assert len(await people.offers()) == 1


async def test_a_slot_freed_with_too_little_notice_is_offered_to_nobody(people: Waitlisted) -> None:
    people.now = TEN - 2 * HOUR
    await people.waits("Kullervo", TEN + DAY)
    await freed(people)

    assert await people.offers() == []


async def test_the_deadline_never_ends_later_than_the_notice(people: Waitlisted) -> None:
    people.now = TEN - 2 * HOUR - 20 * MINUTE
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await people.works()

    assert (await people.offer(kullervo)).expires_at == TEN - 2 * HOUR


async def test_who_joins_later_is_offered_what_is_still_free(people: Waitlisted) -> None:
    await freed(people)
    await people.works()

    kullervo = await people.waits("Kullervo", TEN + DAY)

    assert await people.offers() == [(kullervo.id, TEN)]


async def test_a_slot_that_was_booked_meanwhile_is_not_offered(people: Waitlisted) -> None:
    await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await people.books("Lemminkäinen", TEN)

    assert await people.offers() == []


async def test_closed_time_is_not_offered_and_an_open_offer_of_it_is_withdrawn(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    await freed(people)
    await freed(people, TEN + HOUR)
    await people.works()
    offer = await people.offer(kullervo)

    await people.closes(TimeSpan(TEN - HOUR, TEN + 3 * HOUR))

    assert await people.offers() == []
    async with people.world.units.read() as unit:
        assert (await unit.offers.get(offer.id)).state is OfferState.WITHDRAWN


async def test_who_cancels_loses_the_offer_and_the_next_is_asked(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)
    await people.works()

    await people.cancels(kullervo)

    # Kullervo's own time goes to nobody else: Lemminkäinen has one offer at a time.
    assert await people.offers() == [(lemminkainen.id, TEN)]


async def test_to_all_everybody_is_asked_at_once_and_nothing_is_held(people: Waitlisted) -> None:
    await people.rules(mode=RefillMode.TO_ALL)
    kullervo = await people.waits("Kullervo", TEN + DAY)
    lemminkainen = await people.waits("Lemminkäinen", TEN + 2 * DAY)
    await freed(people)

    assert {who for who, _ in await people.offers()} == {kullervo.id, lemminkainen.id}
    await people.books("Ahti", TEN)  # whoever books it the usual way gets it


async def test_when_refilling_is_off_nobody_is_asked(people: Waitlisted) -> None:
    await people.rules(mode=RefillMode.OFF)
    await people.waits("Kullervo", TEN + DAY)
    await freed(people)

    assert await people.offers() == []


async def test_at_night_the_offer_waits_for_the_morning(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + 5 * DAY)
    people.now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 21.00 in Helsinki
    await freed(people, TEN + 2 * DAY)

    assert await people.offers() == []
    people.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert await people.offers() == [(kullervo.id, TEN + 2 * DAY)]


async def test_at_night_an_offer_goes_out_when_the_slot_would_be_lost_by_morning(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + 5 * DAY)
    people.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    early = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    await freed(people, early)

    assert await people.offers() == [(kullervo.id, early)]


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-11-23T18:59", None),
        ("2026-11-23T19:00", "2026-11-24T06:00"),
        ("2026-11-24T05:59", "2026-11-24T06:00"),
        ("2026-11-24T06:00", None),
        ("2026-10-24T20:00", "2026-10-25T06:00"),  # the night in which the clocks turn
    ],
)
def test_the_night_is_from_nine_to_eight_on_the_customers_clock(now: str, ends: str | None) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert quiet_until(moment, "Europe/Helsinki") == (
        datetime.fromisoformat(ends).replace(tzinfo=UTC) if ends else None
    )


async def test_a_move_frees_the_old_time_and_a_colleagues_help_the_first_advisers(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + 5 * DAY)
    aino = await people.books("Aino", TEN)
    async with people.world.units.write() as unit:
        await reassign(unit, aino.id, people.world.louhi, by=Actor.ADVISER, now=people.now)

    assert await people.offers() == [(kullervo.id, TEN)]
    assert (await people.offer(kullervo)).adviser_id == people.world.ilmari


async def test_a_move_by_less_than_the_length_frees_nothing(people: Waitlisted) -> None:
    aino = await people.books("Aino", TEN)
    async with people.world.units.write() as unit:
        await move(unit, aino.id, TEN + 15 * MINUTE, by=Actor.CUSTOMER, now=people.now)

    assert await people.kinds(aino) == [FactKind.BOOKED, FactKind.MOVED]


async def test_what_has_begun_is_not_freed(people: Waitlisted) -> None:
    aino = await people.books("Aino", TEN)
    people.now = TEN
    await people.cancels(aino, by=Actor.ADVISER)

    assert await people.kinds(aino) == [FactKind.BOOKED, FactKind.CANCELLED]


async def test_waiting_keeps_its_place_when_the_wish_changes_and_ends_as_easily(people: Waitlisted) -> None:
    kullervo = await people.waits("Kullervo", TEN + DAY)
    units, later = people.world.units, people.now + HOUR
    async with units.write() as unit:
        first = await unit.waitlist.of(kullervo.id)
        same = EarlierWish(same_adviser=True)
        changed = await wait(unit, kullervo.id, same, by=Actor.CUSTOMER, now=later)
        await wait(unit, kullervo.id, same, by=Actor.CUSTOMER, now=later)
        await stop_waiting(unit, kullervo.id, by=Actor.CUSTOMER, now=later)
        await stop_waiting(unit, kullervo.id, by=Actor.CUSTOMER, now=later)
        assert await unit.waitlist.of(kullervo.id) is None

    assert first is not None
    assert changed == replace(first, same_adviser=True)
    assert await people.kinds(kullervo) == [
        FactKind.BOOKED,
        FactKind.WAITLISTED,
        FactKind.WAITLISTED,
        FactKind.WAITLIST_LEFT,
    ]


async def test_nobody_waits_with_what_is_cancelled_or_has_begun(people: Waitlisted) -> None:
    gone, live = await people.books("Aino", TEN), await people.books("Kullervo", TEN + HOUR)
    await people.cancels(gone)

    async with people.world.units.write() as unit:
        with pytest.raises(WrongStatus):
            await wait(unit, gone.id, EarlierWish(), by=Actor.CUSTOMER, now=NOW)
        with pytest.raises(TooLate):
            await wait(unit, live.id, EarlierWish(), by=Actor.CUSTOMER, now=live.span.start)
