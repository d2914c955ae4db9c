"""A thousand letters that fall due in one minute all leave before their last moment, at the default rate.

`make slow` prints `1,000 letters of one minute at 600 a minute: … s, 0 late`.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from booking.letter import LetterDue, LetterKind
from booking.tell import SOON
from server.settings import Settings
from tests.letters.recorder import recorder
from tests.letters.town import NOON, ended, town

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LETTERS = 1000


async def test_a_thousand_letters_of_one_minute_leave_in_time(database_url: str, tmp_path: Path) -> None:
    rate = Settings.model_fields["mail_a_minute"].default
    async with recorder() as mail, town(tmp_path, database_url, KOHTAAMO_SMTP_URL=mail.url) as house:
        ids = await house.remind(LETTERS, due_at=NOON + timedelta(days=1))
        house.turn_clock_to(NOON)
        due_at = house.now()
        async with house.units.write() as unit:
            for appointment_id in ids:
                letter = LetterDue(
                    appointment_id=appointment_id, kind=LetterKind.BOOKED, sequence=0, leave_by=due_at + SOON
                )
                await unit.outbox.put(letter, at=due_at)
        worker = await house.start_work()
        try:
            await mail.until(LETTERS, within=SOON.total_seconds() + 60)
        finally:
            await ended(worker)
        offset = house.now() - mail.clock()

    took = max(one.at for one in mail.copies) + offset - due_at
    late = [one for one in mail.copies if one.at + offset > due_at + SOON]
    kind = database_url.partition(":")[0]
    print(
        f"{LETTERS:,} letters of one minute at {rate} a minute on {kind}: {took.total_seconds():.0f} s, "
        f"{len(late)} late"
    )
    assert late == []
    assert took >= timedelta(minutes=(LETTERS - 1) / rate) - timedelta(seconds=1)
    assert set(mail.by_key.values()) == {1}
