"""Advisers of one offering at their desks, as programs: they hear of arrivals, claim in order, and meet."""

import asyncio
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from aiohttp import ClientSession, CookieJar
from yarl import URL

from bench.client.guest import hello
from booking.appointment import Appointment, Customer
from booking.time_span import TimeSpan
from identity.permission import Role as StaffRole
from identity.secret import fresh, kept
from identity.session import open_for
from identity.staff import Credentials, StaffMember
from server.demo_data import HEALTH, NURSE
from tests.web.house import NOW
from tests.web.meeting_house import Browser, MeetingHouse

LOOKS_AT_SECONDS = 0.6
"""So long does an adviser look at who is there before letting them in."""


@dataclass(slots=True)
class Desk:
    """One adviser's desk: what the page's script does, with the same requests."""

    house: MeetingHouse
    adviser: UUID
    session: str
    client: ClientSession
    rang: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    refused: int = 0
    waiting: list[str] = field(default_factory=list)

    async def watch(self) -> None:
        """Hear that something changed, and ring for everybody who has come."""
        known: set[str] = set()
        async with self.client.ws_connect("/ws/desk") as news:
            while True:
                async with self.client.get("/desk/states") as answer:
                    self.waiting = [each["id"] for each in (await answer.json())["waiting"]]
                self.rang += [each for each in self.waiting if each not in known]
                known |= set(self.waiting)
                await news.receive()

    async def work(self, random: Random) -> None:
        """Take the first of the line, again and again."""
        while True:
            await asyncio.sleep(random.uniform(0.02, 0.1))
            for each in list(self.waiting):
                if each not in self.met and await self._claims(each):
                    await self._meets(each)
                    break

    async def _claims(self, appointment_id: str) -> bool:
        csrf = await (await self.client.get("/csrf")).text()
        url = f"/desk/appointments/{appointment_id}/claim"
        form, told = {"csrf": csrf}, {"Accept": "text/html"}
        async with self.client.post(url, data=form, headers=told, allow_redirects=False) as answer:
            if answer.status == 409:
                self.refused += 1
            return answer.status == 303

    async def _meets(self, appointment_id: str) -> None:
        """Come to the meeting, look, let in, and send off."""
        page = await (await self.client.get(f"/desk/appointments/{appointment_id}/meeting")).text()
        data = page_data(page)
        async with self.client.ws_connect(data["socket"], protocols=hello(data["entry"], "desk")) as line:
            async for frame in line:
                told = json.loads(frame.data)
                if told["type"] == "knock":
                    await asyncio.sleep(LOOKS_AT_SECONDS)
                    await line.send_json({"type": "admit", "participant": told["participant"]["id"]})
                elif told["type"] == "peer":
                    self.met.append(appointment_id)
                    await line.send_json({"type": "end"})


def page_data(page: str) -> dict[str, Any]:
    found = re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


async def desks(house: MeetingHouse, number: int) -> list[Desk]:
    """Take on advisers who all meet the nurse's customers, and sit them at their desks."""
    made = []
    for index in range(number):
        who, session = uuid4(), fresh()
        member = StaffMember(
            id=who, login=f"neuvoja{index}", name=f"Neuvoja {index}", role=StaffRole.ADVISER, team_id=HEALTH
        )
        async with house.units.write() as unit:
            await unit.staff.add(Credentials(member, "no password"))
            await unit.catalogue.link(who, NURSE)
            await unit.staff_sessions.add(open_for(who, StaffRole.ADVISER, kept(session), now=NOW))
        origin = f"http://localhost:{house.port}"
        client = ClientSession(origin, cookie_jar=CookieJar(unsafe=True))
        client.cookie_jar.update_cookies({"session": session}, URL(origin))
        made.append(Desk(house, who, session, client))
    return made


async def customers(house: MeetingHouse, advisers: list[Desk], number: int) -> list[Browser]:
    """Book for many, in turn with each adviser, and give each a browser that came in by the door."""
    made = []
    for index in range(number):
        start = NOW + timedelta(minutes=5 + 25 * (index // len(advisers)))
        booked = Appointment(
            id=uuid4(),
            offering_id=NURSE,
            adviser_id=advisers[index % len(advisers)].adviser,
            span=TimeSpan(start, start + timedelta(minutes=20)),
            zone="Europe/Helsinki",
            wall_start="2026-11-23T12:35",
            customer=Customer(name=f"Asiakas {index}", email=f"asiakas{index}@example.com"),
            booked_at=NOW,
        )
        async with house.units.write() as unit:
            await unit.appointments.add(booked, now=NOW)
            token = await unit.links.make(booked.id)
        made.append(await house.customer((booked, token)))
    return made


async def claims_of(house: MeetingHouse) -> Counter[str]:
    """Count, for each appointment, by how many claims its customer was taken."""
    counts: Counter[str] = Counter()
    async with house.units.read() as unit:
        within = TimeSpan(NOW, NOW + timedelta(days=1))
        for one in await unit.appointments.within(within):
            counts[str(one.id)] = sum(fact.kind.value == "claimed" for fact in await unit.facts.of(one.id))
    return counts
