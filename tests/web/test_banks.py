"""A customer chooses a bank on our page, sees what does not work before that, and comes back identified."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
import structlog

from tests.identity.ftn.broker import AINO, TELIA, Broker, request_in
from tests.identity.ftn.test_notices import LIST, SAID
from tests.identity.ftn.test_provider import an_op
from tests.web.house import NOW
from tests.web.sign_in_house import Page, SignInHouse, sign_in_house

BREAKS = "Nordea on huollossa.|Nordea har avbrott.|Nordea is away on Sunday."
OFFERED = "mpki.telia.1, oidc.nordea.1, saml.op.1"


def a_telia() -> Broker:
    broker = Broker(now=NOW)
    broker.published[TELIA + "/uas/resource/maintenance.txt"] = BREAKS.encode()
    return broker


@asynccontextmanager
async def house_with(folder: Path, broker: Broker, **settings: str) -> AsyncIterator[SignInHouse]:
    async with sign_in_house(folder, is_demo=False, more=[broker.provider(**settings)]) as house:
        yield house


def banks_in(page: Page) -> dict[str, str]:
    found = re.findall(
        r'<button class="button banks__bank" name="method" value="([^"]*)">'
        r'<span class="banks__sign" aria-hidden="true">[^<]</span>([^<]*)<',
        page.text,
    )
    return dict(found)


def leads_to(page: Page) -> str:
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page.text)
    assert found is not None
    return unescape(found.group(1))


def back_from(address: Mapping[str, str]) -> str:
    return f"/identify/ftn/callback?{urlencode(address)}"


async def test_a_bank_is_chosen_here_and_the_person_comes_back_identified(tmp_path: Path) -> None:
    broker = a_telia()
    async with house_with(tmp_path, broker, METHODS=OFFERED) as house:
        appointment, token = await house.books()
        aino = house.browser()
        page = await aino.opens(f"/a/{token}/identify")
        assert banks_in(page) == {
            "mpki.telia.1": "Mobile certificate",
            "oidc.nordea.1": "Nordea",
            "saml.op.1": "OP",
        }

        leaving = await aino.sends(page, f"/a/{token}/identify", method="oidc.nordea.1")
        address = leads_to(leaving)
        assert request_in(address)["acr_values"] == "oidc.nordea.1"
        await aino.opens(back_from(broker.identifies(address)))

        assert (await house.history(appointment))[-1] == (
            "identification_done",
            {"method": "nordea", "assurance": "substantial", "purpose": "booking", "is_bound": False},
        )


async def test_what_does_not_work_is_told_before_the_choice(tmp_path: Path) -> None:
    async with house_with(tmp_path, a_telia(), METHODS=OFFERED) as house:
        _, token = await house.books()

        page = await house.browser().opens(f"/a/{token}/identify")

        told = page.text.index("Nordea is away on Sunday.")
        assert page.text.index("There are breaks in identification") < told < page.text.index("banks__bank")


async def test_without_a_choice_of_ours_there_is_one_button_and_the_same_notices(tmp_path: Path) -> None:
    async with house_with(tmp_path, a_telia()) as house:
        _, token = await house.books()

        page = await house.browser().opens(f"/a/{token}/identify")

        assert banks_in(page) == {}
        assert "Bank or mobile certificate" in page.text
        assert "Nordea is away on Sunday." in page.text


async def test_ops_list_stands_with_the_words_that_op_wants_beside_it(tmp_path: Path) -> None:
    op = an_op()
    op.now = NOW
    op.published[LIST.replace("sv", "en")] = json.dumps(SAID).encode()
    settings = {"BROKER": "op", "ENTITY_STATEMENT": op.statement(), "METHODS": "embedded"}
    async with house_with(tmp_path, op, **settings) as house:
        _, token = await house.books()

        page = await house.browser().opens(f"/a/{token}/identify")

        assert banks_in(page) == {"fi-op": "Andelsbanken", "fi-nordea": "Nordea"}
        assert "Tjänsten tillhandahålls av OP." in page.text
        assert "Namn och personbeteckning förmedlas." in page.text
        assert 'href="https://isb-test.op.fi/privacy-info?lang=sv"' in page.text
        assert "Vissa banker svarar inte." in page.text


async def test_the_way_to_a_bank_is_no_redirect_of_a_form(tmp_path: Path) -> None:
    """A browser would hold `form-action 'self'` against the whole way, from the broker on to the bank."""
    async with house_with(tmp_path, a_telia()) as house:
        _, token = await house.books()
        aino = house.browser()

        leaving = await aino.sends(await aino.opens(f"/a/{token}/identify"), f"/a/{token}/identify")

        assert leaving.status == 200
        assert "form-action 'self';" in leaving.headers["Content-Security-Policy"]
        assert leaving.headers["Referrer-Policy"] == "no-referrer"
        assert leaving.headers["Cache-Control"] == "no-store"
        assert leads_to(leaving).startswith(TELIA + "/uas/oauth2/authorization?request=")
        assert f'href="{leads_to(leaving)}"' in unescape(leaving.text)


async def test_a_broker_that_tells_no_news_delays_nobody(tmp_path: Path) -> None:
    broker = a_telia()

    async def silent(url: str, form: Mapping[str, str] | None = None) -> bytes:
        await asyncio.Event().wait()
        return b""

    broker.fetch = silent  # type: ignore[method-assign]
    async with house_with(tmp_path, broker, METHODS=OFFERED) as house:
        _, token = await house.books()

        async with asyncio.timeout(3):
            page = await house.browser().opens(f"/a/{token}/identify")

        assert len(banks_in(page)) == 3


async def test_who_has_waited_for_a_silent_bank_does_not_wait_for_its_news_as_well(tmp_path: Path) -> None:
    async def never(*_: object) -> bytes:
        await asyncio.Event().wait()
        return b""

    broker = a_telia()
    broker.fetch = never  # type: ignore[method-assign, assignment]
    provider = broker.provider()
    provider.disturbances = never  # type: ignore[method-assign, assignment]
    async with sign_in_house(tmp_path, is_demo=False, more=[provider]) as house:
        _, token = await house.books()
        aino = house.browser()
        page = await aino.opens(f"/a/{token}/identify")

        async with asyncio.timeout(3):
            failed = await aino.sends(page, f"/a/{token}/identify")

        assert failed.status == 503


async def test_a_broker_without_keys_is_told_before_anybody_leaves(tmp_path: Path) -> None:
    broker = a_telia()
    async with house_with(tmp_path, broker) as house:
        appointment, token = await house.books()
        aino = house.browser()
        page = await aino.opens(f"/a/{token}/identify")
        broker.is_down = True

        failed = await aino.sends(page, f"/a/{token}/identify")

        assert failed.status == 503
        assert (await house.history(appointment))[-1][1]["reason"] == "bank_unavailable"


@pytest.mark.parametrize(
    ("claims", "status", "reason", "check"),
    [
        ({**AINO, "acr": "urn:other"}, 502, "assertion_refused", "acr"),
        ({"http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier": "FI/SE/1"}, 403,
         "foreign_identity", ""),
    ],
)  # fmt: skip
async def test_the_log_tells_which_check_refused_and_about_whom_not(
    tmp_path: Path, claims: Mapping[str, object], status: int, reason: str, check: str
) -> None:
    broker = a_telia()
    broker.claims = claims
    async with house_with(tmp_path, broker) as house:
        appointment, token = await house.books()
        aino = house.browser()
        page = await aino.sends(await aino.opens(f"/a/{token}/identify"), f"/a/{token}/identify")

        with structlog.testing.capture_logs() as lines:
            failed = await aino.opens(back_from(broker.identifies(leads_to(page))))

        [line] = [line for line in lines if line["event"] == "identification_failed"]
        assert (failed.status, line["reason"], line["check"], line["provider"]) == (
            status,
            reason,
            check,
            "ftn",
        )
        assert not any(secret in str(lines) for secret in ("010594", "Virtanen", "SE/1", token))
        assert (await house.history(appointment))[-1][1]["reason"] == reason
