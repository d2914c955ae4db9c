"""Text messages by one HTTP gateway, as the settings describe it."""

from datetime import timedelta

import aiohttp

from booking.contact import dialled
from server.notify.channel import (
    ChannelAway,
    ChannelContext,
    DeliveryFailed,
    DeliveryUnsure,
    GatewayContext,
)
from server.notify.gateway_template import fill, read_headers, read_template
from server.notify.letter import Letter
from server.retry_after import wait_asked

TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=10)
LONGEST_WAIT = timedelta(hours=1)
PASSING = frozenset({408, 425, 429})
SHUT = frozenset({401, 402, 407})
"""Answers that are about our account there, and no letter's fault."""


class Gateway:
    """Sends one request a message; its key is the outbox row's id, the same at every try."""

    name = "sms"

    def __init__(self, context: GatewayContext) -> None:
        self._context = context
        self._template = read_template(context.body)
        self._headers = read_headers(context.headers)

    async def deliver(self, letter: Letter) -> None:
        number = dialled(letter.to)
        if not number.startswith(self._context.countries or ("",)) or not number:
            raise DeliveryFailed("number of a country that is not written to", permanent=True)
        values = self._values(letter, number)
        try:
            async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
                status, wait = await self._sent(session, values)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise ChannelAway(type(error).__name__) from None
        except aiohttp.InvalidURL as error:
            raise ChannelAway(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._unanswered(type(error).__name__) from None
        if not 200 <= status < 300:
            raise self._refused(status, wait)

    async def _sent(self, session: aiohttp.ClientSession, values: dict[str, str]) -> tuple[int, str]:
        """Send; the answer's body is not read, as nothing hangs on it."""
        headers = {name: fill(value, values) for name, value in self._headers.items()}
        async with session.request(
            self._context.method,
            self._context.url,
            data=self._template.filled(values),
            headers={"Content-Type": self._template.kind} | headers,
            allow_redirects=False,
        ) as answer:
            return answer.status, answer.headers.get("Retry-After", "")

    def _values(self, letter: Letter, number: str) -> dict[str, str]:
        return {
            "to": f"+{number}",
            "text": letter.text,
            "key": letter.message_id.strip("<>").partition("@")[0],
            "callback": self._context.callback,
            "sender": self._context.sender,
        }

    def _refused(self, status: int, wait: str) -> DeliveryFailed | DeliveryUnsure:
        why = f"gateway answered {status}"
        if status >= 500:
            return self._unanswered(why)
        if status in PASSING:
            return DeliveryFailed(why, permanent=False, wait=wait_asked(wait, most=LONGEST_WAIT))
        return ChannelAway(why) if status < 400 or status in SHUT else DeliveryFailed(why, permanent=True)

    def _unanswered(self, why: str) -> DeliveryFailed | DeliveryUnsure:
        """Nobody knows whether it went out; a gateway that honours the key is simply asked again."""
        return DeliveryFailed(why, permanent=False) if self._context.honours_key else DeliveryUnsure(why)


def create(context: ChannelContext) -> Gateway | None:
    """Return the sender when a gateway's address is set. Raises ValueError, with a sentence."""
    gateway = context.gateway
    if gateway is None or not gateway.url:
        return None
    _check(gateway)
    return Gateway(gateway)


def _check(gateway: GatewayContext) -> None:
    """Refuse what would be found out by the first message, or by its second copy."""
    headers = "".join(read_headers(gateway.headers).values())
    named = read_template(gateway.body).placeholders
    if "sender" in named and not gateway.sender:
        raise ValueError("KOHTAAMO_SMS_SENDER must be set, or KOHTAAMO_SMS_BODY written without {sender}")
    if "callback" in named and not gateway.callback:
        raise ValueError("KOHTAAMO_SMS_SECRET must be set, or KOHTAAMO_SMS_BODY written without {callback}")
    if gateway.honours_key and "key" not in named and "{key}" not in headers:
        raise ValueError("KOHTAAMO_SMS_HONOURS_KEY needs {key} in KOHTAAMO_SMS_BODY or KOHTAAMO_SMS_HEADERS")
