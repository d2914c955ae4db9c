"""Kullervo books, is reminded three times, never comes, and counts as one customer no-show."""

from datetime import datetime, timedelta

import pytest

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.demo_process import Demo
from tests.journeys.people import HELSINKI, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.both]

KULLERVO = "kullervo@example.org"


async def test_kullervo_is_reminded_never_comes_and_is_one_no_show(
    demo: Demo, mailbox: Mailbox, new_context: NewContext
) -> None:
    kullervo = await customer(await new_context(viewport=PHONE, locale="sv-FI"), demo)
    ilmari = await staff(await new_context(), demo)
    admin = await staff(await new_context(locale="en-GB"), demo)
    day = (demo.now() + timedelta(days=5)).astimezone(HELSINKI).date()
    start = datetime(day.year, day.month, day.day, 12, tzinfo=HELSINKI)

    await kullervo.books("Hälsovårdarens mottagning", "Kullervo Kalervonpoika", KULLERVO, at=start)
    await mailbox.until(KULLERVO, 1)
    for count, ahead in ((2, timedelta(days=3)), (3, timedelta(days=1)), (4, timedelta(minutes=15))):
        demo.turn_clock_to(start - ahead)
        await mailbox.until(KULLERVO, count)

    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Kullervo Kalervonpoika")
    await ilmari.is_in("table")
    demo.turn_clock_to(start + timedelta(minutes=40))

    await admin.signs_in("admin")
    assert await admin.figures_once_closed(start) == (1, 0, 1)
    await mailbox.until(KULLERVO, 5)  # and one that offers him another time
    assert len(mailbox.to(KULLERVO)) == 5
