"""A request that is handed to the broker beforehand (RFC 9126)."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from identity.demo_bank.provider import profile_of
from identity.errors import BankUnavailable
from identity.oidc.code_flow import CodeFlow
from identity.personal_code import SubjectKeys
from identity.provider import FetchFailed, ProviderContext
from tests.identity.demo_bank.wire import BACK, OURS, PUBLIC, Wire, pin_of, query_of
from tests.identity.people import NOW, a_trip, an_attempt

PAR = "https://broker.example/par"
WORD = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c"


class PushedWire(Wire):
    """Takes pushed requests as well, and answers them as it is told to."""

    answer = json.dumps({"request_uri": WORD, "expires_in": 60}).encode()
    status = 201

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        if url != PAR or form is None:
            return await super().fetch(url, form)
        self.forms.append(form)
        if self.status != 201:
            raise FetchFailed(self.status)
        return self.answer

    def flow(self) -> CodeFlow:
        context = ProviderContext(
            public_url=PUBLIC,
            back_channel_url=BACK,
            is_production=False,
            subject_keys=SubjectKeys(b"k" * 32),
            fetch=self.fetch,
            settings={"PIN": pin_of(self.bank)},
        )
        profile = replace(profile_of(context), pushed_endpoint=PAR)
        return CodeFlow(profile, self.fetch, lambda: OURS)


async def test_the_browser_carries_a_word_and_nothing_to_read() -> None:
    wire = PushedWire()

    address = await wire.flow().begin(a_trip(an_attempt()))

    assert address.startswith(PUBLIC + "/demo/bank/authorize?")
    assert query_of(address) == {"client_id": "kohtaamo-demo", "request_uri": WORD}


async def test_what_is_pushed_is_the_signed_request_and_who_we_are() -> None:
    wire, attempt = PushedWire(), an_attempt()

    await wire.flow().begin(a_trip(attempt))

    [form] = wire.forms
    assert set(form) == {"client_id", "request", "client_assertion_type", "client_assertion"}
    carried = {name: form[name] for name in ("client_id", "request")}
    assert wire.bank.asked(carried, now=NOW).state == attempt.state


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"<html>", b"{}", b'{"request_uri": 7}', b'{"request_uri": ""}', b"[" * 100_000]
)
async def test_an_answer_without_a_word_sends_nobody_away(answer: bytes) -> None:
    wire = PushedWire()
    wire.answer = answer

    with pytest.raises(BankUnavailable) as refused:
        await wire.flow().begin(a_trip(an_attempt()))

    assert refused.value.code == "pushed"


@pytest.mark.parametrize("status", [400, 401, 500, 503])
async def test_a_broker_that_takes_no_pushed_request_is_unavailable(status: int) -> None:
    wire = PushedWire()
    wire.status = status

    with pytest.raises(BankUnavailable):
        await wire.flow().begin(a_trip(an_attempt()))
