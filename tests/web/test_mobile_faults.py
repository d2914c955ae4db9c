"""Whatever a mobile operator says, the customer reads its own sentence, and the log keeps none of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from booking.appointment import Appointment
from identity.demo_mobile.registration import AP_PWD, PHONES
from identity.failure import Failure
from tests.identity.mobile_id.hostile import Wire, operator_on_the_wire
from tests.identity.mobile_id.test_faults import FAULTS, STATUSES
from tests.web.sign_in_house import Browser, Page, SignInHouse, sign_in_house
from web.i18n import LANGUAGES, gettext
from web.pages.identify_words import FAILED

FIRST_LOOK = timedelta(seconds=20)
AINO, KULLERVO = PHONES["+358400000001"], PHONES["+358400000002"]
ONE_OF_EACH: dict[Failure, tuple[int, int | None]] = {
    Failure.BANK_UNAVAILABLE: (900, 9001),
    Failure.CODE_MISMATCH: (101, 1011),
    Failure.SERVICE_BLOCKED: (104, 1042),
    Failure.NOT_ENROLLED: (105, 1053),
    Failure.EXPIRED: (208, 2082),
    Failure.DEVICE_UNREACHABLE: (209, 2091),
    Failure.CANCELLED: (401, 4011),
    Failure.PIN_LOCKED: (402, 4021),
    Failure.CREDENTIAL_UNUSABLE: (404, 4041),
    Failure.CREDENTIAL_INVALID: (422, None),
}


@dataclass(slots=True)
class Scene:
    """Aino at her link, with an operator behind real TLS who says what it is told to."""

    house: SignInHouse
    wire: Wire
    aino: Browser
    appointment: Appointment
    home: str

    async def asks(self, number: str = AINO.number, code: str = "") -> Page:
        address = f"{self.home}/with/mobile-id"
        return await self.aino.sends(await self.aino.opens(address), address, number=number, code=code)

    async def presses(self, waiting: Page) -> Page:
        """Press the button of who has no JavaScript, once the operator may be asked."""
        self.house.now = self.wire.operator.now = self.house.now + FIRST_LOOK
        return await self.aino.sends(waiting, f"{self.home}/waiting")


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with (
        operator_on_the_wire() as wire,
        sign_in_house(tmp_path, more=[wire.provider()]) as house,
    ):
        wire.operator.now = house.now
        appointment, token = await house.books()
        yield Scene(house, wire, house.browser(), appointment, f"/a/{token}/identify")


def test_every_code_of_the_protocol_leads_to_one_of_these() -> None:
    kinds = {*FAULTS.values(), *STATUSES.values()}

    assert {kind.failure for kind in kinds} == {*ONE_OF_EACH, Failure.ASSERTION_REFUSED}


@pytest.mark.parametrize("failure", ONE_OF_EACH)
async def test_the_customer_reads_what_happened_in_three_languages(scene: Scene, failure: Failure) -> None:
    waiting = await scene.asks()
    scene.wire.operator.fault = ONE_OF_EACH[failure]
    for _ in range(10 if failure is Failure.BANK_UNAVAILABLE else 1):  # silence is told when the time is over
        await scene.presses(waiting)

    shown = {lang: (await scene.aino.opens(f"{scene.home}?lang={lang}")).text for lang in LANGUAGES}

    said = {lang: gettext(lang, FAILED[failure]) for lang in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    assert {lang: said[lang] in shown[lang] for lang in LANGUAGES} == dict.fromkeys(LANGUAGES, True)
    kept = (await scene.house.history(scene.appointment))[-1]
    assert kept[1]["reason"] == failure.value


@pytest.mark.parametrize("failure", [Failure.CODE_MISMATCH, Failure.NOT_ENROLLED])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_mistyped_reads_it_above_what_was_typed(
    scene: Scene, failure: Failure, language: str
) -> None:
    await scene.aino.opens(f"{scene.home}?lang={language}")
    scene.wire.operator.fault = ONE_OF_EACH[failure]

    beside = await scene.asks()

    assert beside.status == 422
    assert gettext(language, FAILED[failure]) in beside.text
    assert f'value="{AINO.number}"' in beside.text


async def test_nothing_that_was_typed_sent_or_answered_stands_in_the_log(
    scene: Scene, capfd: pytest.CaptureFixture[str]
) -> None:
    operator = scene.wire.operator
    await scene.asks(KULLERVO.number, "toinen77")
    await scene.asks("040 000 0009", KULLERVO.code)
    waiting = await scene.asks()
    event = operator.ringing(now=operator.now)[0].event_id
    operator.writes = lambda _: b"<html>" + AP_PWD.encode() * 9
    await scene.presses(waiting)  # forgiven
    operator.writes = lambda body: body
    operator.is_answered()
    landed = await scene.presses(waiting)
    operator.writes = lambda _: operator.requests[0]
    await scene.asks()  # refused

    captured = capfd.readouterr()
    log = captured.out + captured.err
    assert "identified=1" in landed.address
    assert log.count("identification_failed") == 3
    sent = b"".join(operator.requests).decode()
    planted = {
        "password": f'AP_PWD="{AP_PWD}"',
        "number": AINO.msisdn,
        "event id": event,
        "code": "toinen77",
        "namespace": "uri.etsi.org",
    }
    assert {name for name, text in planted.items() if text in sent} == set(planted)  # it was there to leak
    told = [*planted.values(), AINO.number, KULLERVO.code, AINO.satu, AINO.person.personal_code]
    assert [text for text in told if text in log] == []
