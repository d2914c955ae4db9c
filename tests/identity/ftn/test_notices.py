"""What is told before the choice: breaks and banks, and never a wait for them."""

import asyncio
import json
from collections.abc import Mapping

from identity.choice import Method
from identity.disturbance import Disturbance
from identity.errors import AssertionRefused
from identity.ftn.notices import AGAIN_S, FRESH_S, LONGEST_WAIT_S, Told
from tests.identity.ftn.broker import OP, TELIA, Broker
from tests.identity.ftn.test_provider import an_op

BREAKS = TELIA + "/uas/resource/maintenance.txt"
LIST = OP + "/api/embedded-ui/kohtaamo-client?lang=sv"
SAID: Mapping[str, object] = {
    "identityProviders": [
        {"name": "Andelsbanken", "imageUrl": "https://isb-test.op.fi/op.png", "ftn_idp_id": "fi-op"},
        {"name": "Nordea", "ftn_idp_id": "fi-nordea"},
        {"name": "Namnlös"},
        7,
    ],
    "isbProviderInfo": "Tjänsten tillhandahålls av OP.",
    "isbConsent": "Namn och personbeteckning förmedlas.",
    "privacyNoticeText": "Dataskydd",
    "privacyNoticeLink": "https://isb-test.op.fi/privacy-info?lang=sv",
    "disturbanceInfo": {"header": "Störning", "text": "Vissa banker svarar inte."},
}


async def test_telias_breaks_are_told_in_the_readers_language() -> None:
    broker = Broker()
    broker.published[BREAKS] = b"Nordea on\n huollossa.|Nordea har avbrott.|Nordea is away."
    provider = broker.provider()

    told = [await provider.disturbances(language) for language in ("fi", "sv", "en")]

    assert [each[0].text for each in told] == [
        "Nordea on huollossa.",
        "Nordea har avbrott.",
        "Nordea is away.",
    ]
    assert told[0][0].title == "Tunnistautumisessa on katkoja"
    assert broker.asked == [BREAKS]


async def test_an_empty_file_of_breaks_tells_of_none() -> None:
    broker = Broker()
    broker.published[BREAKS] = b"\n"

    assert await broker.provider().disturbances("fi") == ()


async def test_a_broker_that_does_not_tell_of_breaks_stops_nobody() -> None:
    broker = Broker()
    broker.is_down = True

    assert await broker.provider().disturbances("fi") == ()


async def test_ops_banks_come_with_the_words_that_must_stand_beside_them() -> None:
    op = an_op()
    op.published[LIST] = json.dumps(SAID).encode()
    provider = op.provider(BROKER="op", ENTITY_STATEMENT=op.statement(), METHODS="embedded")

    choices = await provider.choices("sv")

    assert list(choices.methods) == [Method("fi-op", "Andelsbanken"), Method("fi-nordea", "Nordea")]
    assert list(choices.said) == ["Tjänsten tillhandahålls av OP.", "Namn och personbeteckning förmedlas."]
    assert (choices.link_title, choices.link) == ("Dataskydd", "https://isb-test.op.fi/privacy-info?lang=sv")
    assert await provider.disturbances("sv") == (Disturbance("Störning", "Vissa banker svarar inte."),)
    assert op.asked == [LIST]


async def test_a_link_of_another_kind_is_not_shown() -> None:
    op = an_op()
    op.published[LIST] = json.dumps({**SAID, "privacyNoticeLink": "javascript:alert(1)"}).encode()
    provider = op.provider(BROKER="op", ENTITY_STATEMENT=op.statement(), METHODS="embedded")

    assert (await provider.choices("sv")).link == ""


async def test_banks_of_the_settings_are_offered_in_their_order_by_the_names_people_know() -> None:
    provider = Broker().provider(METHODS="mpki.telia.1, saml.op.1, oidc.newbank.1=Uusi Pankki")

    offered = [(each.name, each.title) for each in (await provider.choices("sv")).methods]

    assert offered == [
        ("mpki.telia.1", "Mobilcertifikat"),
        ("saml.op.1", "OP"),
        ("oidc.newbank.1", "Uusi Pankki"),
    ]
    assert provider.method_title("oidc.newbank.1", "fi") == "Uusi Pankki"


async def test_without_a_choice_people_choose_at_the_broker() -> None:
    assert list((await Broker().provider().choices("fi")).methods) == []


async def test_what_is_told_is_kept_and_what_fails_is_asked_again_after_a_minute() -> None:
    now = [0.0]
    answers: list[AssertionRefused | str] = [AssertionRefused("choice"), "first", "second"]

    async def read() -> str:
        answer = answers.pop(0)
        if isinstance(answer, AssertionRefused):
            raise answer
        return answer

    told = Told(read, "nothing", tick=lambda: now[0])

    async def at(moment: float) -> str:
        now[0] = moment
        return await told.get()

    assert [await at(0), await at(AGAIN_S - 1), await at(AGAIN_S)] == ["nothing", "nothing", "first"]
    assert [await at(AGAIN_S + FRESH_S - 1), await at(AGAIN_S + FRESH_S)] == ["first", "second"]


async def test_nobody_waits_long_for_news_of_breaks() -> None:
    broker = Broker()

    async def silent(url: str, form: Mapping[str, str] | None = None) -> bytes:
        await asyncio.Event().wait()
        return b""

    broker.fetch = silent  # type: ignore[method-assign]
    provider = broker.provider()

    async with asyncio.timeout(LONGEST_WAIT_S + 0.5):
        assert await provider.disturbances("fi") == ()
        assert await provider.disturbances("fi") == ()  # asked of nobody again
