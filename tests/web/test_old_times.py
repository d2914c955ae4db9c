"""No letter goes out about a time that was given up, by whatever route and however late."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, union_all

from booking.appointment import Appointment
from booking.letter import REMINDERS, LetterKind
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders
from server.notify.letter import Letter
from server.workers.deliveries import Deliveries
from server.workers.disruptions import Disruptions
from server.workers.reminders import Reminders
from tests.server.notify.ainos import SITE
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from web.moments import moment_json

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
START = (NOW + 2 * DAY).replace(hour=10, minute=0)
LATER = START + DAY
DUE = START - DAY
"""When the letter of the day before is due."""


@dataclass(slots=True)
class Booked:
    """Aino's appointment, and a mail server that takes all."""

    house: FaceHouse
    appointment: Appointment
    token: str
    taken: list[Letter] = field(default_factory=list)
    name: str = "mail"

    async def deliver(self, letter: Letter) -> None:
        self.taken.append(letter)

    async def fall_due(self) -> None:
        for kind in (Disruptions, Reminders):
            await kind(self.house.units, lambda: self.house.now).step()

    async def send(self) -> None:
        worker = Deliveries(self.house.units, lambda: self.house.now, self, site=SITE, worker="test")
        while await worker.step():
            pass

    async def live_until(self, end: datetime) -> None:
        """Let the time pass, from each moment at which something is due to the next."""
        while self.house.now < end:
            self.house.now = min(await self._next_due(), end)
            await self.fall_due()
            await self.send()

    async def _next_due(self) -> datetime:
        waiting = select(outbox.c.next_at).where(outbox.c.state == Delivery.WAITING)
        async with self.house.engines.reading.connect() as connection:
            found = [*(await connection.execute(union_all(select(reminders.c.due_at), waiting))).scalars()]
        return max(min(found, default=LATER + 2 * DAY), self.house.now + SECOND)

    async def reminded(self) -> list[tuple[LetterKind, int]]:
        """Return which reminders were sent, and about which of the times."""
        query = select(outbox).where(outbox.c.state == Delivery.SENT, outbox.c.kind.in_(sorted(REMINDERS)))
        async with self.house.engines.reading.connect() as connection:
            rows = (await connection.execute(query.order_by(outbox.c.sent_at))).all()
        return [(LetterKind(row.kind), row.sequence) for row in rows]


@pytest.fixture
async def booked(tmp_path: Path) -> AsyncIterator[Booked]:
    async with face_house(tmp_path) as house:
        appointment, token = await house.books(start=START)
        one = Booked(house, appointment, token)
        await one.send()
        yield one


async def by_page(one: Booked, act: str) -> None:
    place = f"/a/{one.token}/{act}"
    aino = one.house.browser()
    start = f"?start={moment_json(LATER)}" if act == "move" else ""
    await aino.sends(await aino.opens(f"{place}{start}"), place)


async def by_api(one: Booked, act: str) -> None:
    body = {"start": moment_json(LATER)} if act == "move" else {}
    portal = await one.house.program("booking")
    answer = await portal.post(f"/appointments/{one.appointment.id}/{act}", body)
    assert answer.status == 200


async def by_adviser(one: Booked, act: str, login: str = "ilmari") -> None:
    place = f"/desk/appointments/{one.appointment.id}/{act}"
    staff = await one.house.staff(login)
    start = f"?start={moment_json(LATER)}" if act == "move" else ""
    await staff.sends(await staff.opens(f"{place}{start}"), place)


async def by_admin(one: Booked, act: str) -> None:
    await by_adviser(one, act, "admin")


async def by_disruption(one: Booked, act: str) -> None:
    """An admin disrupts the whole day, and the customer answers by the link of that letter."""
    admin, home = await one.house.staff("admin"), "/admin/disruptions"
    day = START.date().isoformat()
    form = {"whom": "house", "first": day, "moves": "1", "banner": "1", "en": "We cannot meet on that day."}
    looked = await admin.sends(await admin.opens(f"{home}/new"), home, **form, go="look")
    await admin.sends(looked, home, go="do")
    await by_page(one, act)


Route = Callable[[Booked, str], Awaitable[None]]
ROUTES: tuple[Route, ...] = (by_page, by_api, by_adviser, by_admin, by_disruption)
"""Every way by which a time is given up. Who adds one (a text message, say) adds it here."""


@pytest.mark.parametrize("is_in_outbox", [False, True], ids=["before it is due", "before it is sent"])
@pytest.mark.parametrize("act", ["cancel", "move"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
async def test_no_letter_about_the_old_time_leaves_when_it_is_given_up_a_second_before(
    booked: Booked, route: Route, act: str, is_in_outbox: bool
) -> None:
    if is_in_outbox:
        booked.house.now = DUE
        await booked.fall_due()
    booked.house.now = DUE - SECOND + 2 * SECOND * is_in_outbox
    before = len(booked.taken)

    await route(booked, act)
    await booked.live_until(LATER)

    changed = await booked.house.appointment(booked.appointment.id)
    reminded = await booked.reminded()
    assert changed.span.start == (LATER if act == "move" else START)
    assert [one for one in reminded if one[1] < changed.sequence or act == "cancel"] == []
    assert len(booked.taken) > before  # the news of it


async def test_a_bulk_disruption_a_second_before_rests_every_reminder(booked: Booked) -> None:
    home = "/admin/disruptions"
    booked.house.now = DUE - SECOND
    form = {"whom": "house", "first": START.date().isoformat(), "en": "We cannot meet on that day."}
    admin = await booked.house.staff("admin")
    looked = await admin.sends(await admin.opens(f"{home}/new"), home, **form, go="look")
    await admin.sends(looked, home, go="do")

    await booked.live_until(START)

    assert await booked.reminded() == []


async def test_five_moves_leave_one_set_of_letters_all_for_the_last_time(booked: Booked) -> None:
    portal = await booked.house.program("booking")
    starts = [START + number * timedelta(minutes=15) for number in (1, 2, 3, 2)] + [LATER]
    for start in starts:
        booked.house.now += timedelta(minutes=1)
        answer = await portal.post(
            f"/appointments/{booked.appointment.id}/move", {"start": moment_json(start)}
        )
        assert answer.status == 200
    before = len(booked.taken)
    booked.house.now = booked.house.now.replace(minute=0)

    await booked.live_until(LATER + DAY)

    last = len(starts)
    assert await booked.reminded() == [(LetterKind.ONE_DAY, last), (LetterKind.FIFTEEN_MINUTES, last)]
    letters = booked.taken[before:]
    assert [one for one in letters if "Thursday 26 November 2026" not in one.text] == []
