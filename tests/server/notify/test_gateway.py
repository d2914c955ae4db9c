"""Text messages by a real HTTP gateway: what it is sent, and what each of its answers means."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from server.notify.channel import (
    ChannelAway,
    ChannelContext,
    DeliveryFailed,
    DeliveryUnsure,
    GatewayContext,
)
from server.notify.gateway import Gateway, create
from server.notify.letter import Letter
from tests.instances.ports import free_port
from tests.instances.sms_gateway import SmsGateway, sms_gateway

KEY = "5d9b7c1e-0000-4000-8000-000000000001"
TEXT = 'Muistutus: "ti" 24.11. \\ {key} ÄÖ & = +\n}'
LETTER = Letter(
    to="040 123 45 67",
    name="Aino",
    subject="Reminder",
    text=TEXT,
    html="",
    message_id=f"<{KEY}@tapaa.example.org>",
    language="fi",
)
JSON = (
    '{"messages": [{"to": "{to}", "text": "{text}"}], '
    '"key": "{key}", "from": "{sender}", "hook": "{callback}"}'
)
FORM = "to={to}&text={text}&key={key}&priority=1"


@pytest.fixture
async def gateway() -> AsyncIterator[SmsGateway]:
    async with sms_gateway() as running:
        yield running


def context(url: str, **changes: object) -> GatewayContext:
    plain = GatewayContext(
        url=url,
        method="POST",
        headers='{"Authorization": "Bearer x", "Idempotency-Key": "{key}"}',
        body=JSON,
        sender="+358401112222",
        callback="https://tapaa.example.org/channels/sms/status",
        honours_key=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # of the right types below


async def test_a_body_of_json_is_filled_in_and_nothing_filled_in_can_break_it(gateway: SmsGateway) -> None:
    await Gateway(context(gateway.url)).deliver(LETTER)

    assert gateway.sent == {
        KEY: {
            "messages": [{"to": "+358401234567", "text": TEXT}],
            "key": KEY,
            "from": "+358401112222",
            "hook": "https://tapaa.example.org/channels/sms/status",
        }
    }
    assert (gateway.headers[0]["Authorization"], gateway.headers[0]["Idempotency-Key"]) == ("Bearer x", KEY)


async def test_a_form_is_filled_in_and_nothing_filled_in_can_break_it(gateway: SmsGateway) -> None:
    await Gateway(context(gateway.url, body=FORM)).deliver(LETTER)

    sent = gateway.sent[KEY]
    assert (sent["to"], sent["text"].replace("\r\n", "\n"), sent["priority"]) == ("+358401234567", TEXT, "1")
    assert gateway.headers[0]["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", [400, 403, 404, 422])
async def test_a_refusal_of_the_message_is_permanent(gateway: SmsGateway, status: int) -> None:
    gateway.status = status

    with pytest.raises(DeliveryFailed) as failed:
        await Gateway(context(gateway.url)).deliver(LETTER)

    assert failed.value.permanent


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "90"}, timedelta(seconds=90)),
        (429, {"Retry-After": "99999"}, timedelta(hours=1)),
        (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        (408, {}, None),
    ],
)
async def test_a_busy_gateway_is_asked_again_when_it_says(
    gateway: SmsGateway, status: int, headers: dict[str, str], wait: timedelta | None
) -> None:
    gateway.status, gateway.answer_headers = status, headers

    with pytest.raises(DeliveryFailed) as failed:
        await Gateway(context(gateway.url)).deliver(LETTER)

    assert (failed.value.permanent, failed.value.wait) == (False, wait)


@pytest.mark.parametrize("status", [301, 308, 401, 402])
async def test_a_closed_account_or_a_wrong_address_is_no_messages_fault(
    gateway: SmsGateway, status: int
) -> None:
    gateway.status, gateway.answer_headers = status, {"Location": gateway.url}

    with pytest.raises(ChannelAway):
        await Gateway(context(gateway.url)).deliver(LETTER)

    assert gateway.calls == 1  # and no redirect is followed


async def test_who_cannot_be_reached_has_taken_nothing() -> None:
    with pytest.raises(ChannelAway):
        await Gateway(context(f"http://127.0.0.1:{free_port()}/send")).deliver(LETTER)


@pytest.mark.parametrize("status", [500, 503])
async def test_a_fault_leaves_a_message_in_doubt(gateway: SmsGateway, status: int) -> None:
    gateway.status = status

    with pytest.raises(DeliveryUnsure):
        await Gateway(context(gateway.url)).deliver(LETTER)


async def test_no_answer_leaves_a_message_in_doubt(gateway: SmsGateway) -> None:
    gateway.is_mute = True

    with pytest.raises(DeliveryUnsure):
        await Gateway(context(gateway.url)).deliver(LETTER)


async def test_who_honours_the_key_is_asked_again_and_sends_one(gateway: SmsGateway) -> None:
    sender = Gateway(context(gateway.url, honours_key=True))
    gateway.is_mute = True
    with pytest.raises(DeliveryFailed) as failed:
        await sender.deliver(LETTER)
    gateway.is_mute = False
    await sender.deliver(LETTER)

    assert not failed.value.permanent
    assert (gateway.calls, list(gateway.sent)) == (2, [KEY])


async def test_a_country_that_is_not_written_to_costs_nothing(gateway: SmsGateway) -> None:
    sender = Gateway(context(gateway.url, countries=("358", "46")))

    with pytest.raises(DeliveryFailed) as failed:
        await sender.deliver(replace(LETTER, to="+882 12345678"))
    await sender.deliver(replace(LETTER, to="+46 70 123 45 67"))

    assert failed.value.permanent
    assert gateway.sent[KEY]["messages"][0]["to"] == "+46701234567"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": '{"to": {to}, "text": "{text}"}'}, "is not JSON"),
        ({"body": '{"to": "{to}", "text": "{text}", "x": "{name}"}'}, "unknown placeholder {name}"),
        ({"body": '{"to": "{to}"}'}, "{to} and {text}"),
        ({"body": "nonsense"}, "{to} and {text}"),
        ({"headers": "Authorization: x"}, "must be JSON"),
        ({"headers": '{"X": 1}'}, "must be JSON"),
        ({"headers": '{"X": "a\\r\\nY: b"}'}, "more than one line"),
        ({"headers": '{"X": "{text}"}'}, "unknown placeholder {text}"),
        ({"headers": '{"X Y": "a"}'}, "no header can have"),
        ({"headers": '{"": "a"}'}, "no header can have"),
        ({"sender": ""}, "KOHTAAMO_SMS_SENDER must be set"),
        ({"callback": ""}, "KOHTAAMO_SMS_SECRET must be set"),
        ({"honours_key": True, "body": "to={to}&text={text}", "headers": ""}, "needs {key}"),
    ],
)
def test_what_is_set_wrong_is_told_at_the_start(changes: dict[str, object], said: str) -> None:
    wrong = context(**{"url": "https://gateway.example/send"} | changes)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="KOHTAAMO_SMS") as refused:
        create(ChannelContext(smtp_url="", sender="", sender_name="", gateway=wrong))

    assert said in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "", "callback": "", "body": "to={to}&text={text}", "headers": ""},
        {"honours_key": True, "body": "to={to}&text={text}"},
        {"honours_key": True, "headers": ""},
    ],
)
def test_what_no_message_needs_may_be_left_out(changes: dict[str, object]) -> None:
    right = context(**{"url": "https://gateway.example/send"} | changes)  # type: ignore[arg-type]

    assert create(ChannelContext(smtp_url="", sender="", sender_name="", gateway=right)) is not None


def test_without_an_address_there_is_no_sender() -> None:
    assert create(ChannelContext(smtp_url="", sender="", sender_name="")) is None
    assert create(ChannelContext(smtp_url="", sender="", sender_name="", gateway=context(""))) is None
