"""The channels that a house's settings ask for."""

from collections.abc import Awaitable, Callable, Sequence

from booking.letter import Channel
from server.database.demo_letters import DemoLetter
from server.derived_key import derived_key
from server.house import House
from server.notify.channel import ChannelContext, GatewayContext, Sender
from server.notify.channels import load_senders
from server.notify.demo_outbox import DemoOutbox
from server.notify.letter import Letter
from server.notify.return_address import ReturnAddress
from server.settings import BadSettings, Settings


def senders_of(house: House) -> Sequence[Sender]:
    """Return a sender for each channel that is set up; in a demo each channel is, and copies are kept.

    Raises BadSettings when a channel cannot use what is set.
    """
    senders = _set_up(house.settings)
    if not house.settings.is_demo:
        return senders
    onward = {sender.name: sender for sender in senders}
    return [DemoOutbox(channel.value, _copies(house), onward.get(channel)) for channel in Channel]


def names_of(settings: Settings) -> Sequence[str]:
    """Name the channels that are set up. Raises BadSettings as above."""
    if settings.is_demo:
        return [channel.value for channel in Channel]
    return [sender.name for sender in _set_up(settings)]


def a_minute(settings: Settings, channel: str) -> int:
    """Return how many letters may leave by a channel in a minute."""
    rates = {Channel.MAIL: settings.mail_a_minute, Channel.SMS: settings.sms_a_minute}
    return rates[Channel(channel)]


def return_address(settings: Settings) -> ReturnAddress | None:
    """Return what writes and reads the addresses that letters come back to, where they are set up."""
    if not settings.bounce_to:
        return None
    return ReturnAddress(settings.bounce_to, derived_key(settings.secret.encode(), "bounces"))


def context_of(settings: Settings) -> ChannelContext:
    """Return what the channels are given."""
    return ChannelContext(
        smtp_url=settings.smtp_url,
        sender=settings.sender,
        sender_name=settings.organisation,
        smtp_ca=settings.smtp_ca,
        returns=return_address(settings),
        gateway=_gateway(settings),
    )


def _set_up(settings: Settings) -> Sequence[Sender]:
    try:
        return load_senders(context_of(settings))
    except ValueError as error:
        raise BadSettings(str(error)) from None


def _gateway(settings: Settings) -> GatewayContext:
    return GatewayContext(
        url=settings.sms_url,
        method=settings.sms_method,
        headers=settings.sms_headers,
        body=settings.sms_body,
        sender=settings.sms_sender,
        callback=f"{settings.address}/channels/sms/status" if settings.sms_secret else "",
        honours_key=settings.sms_honours_key,
        countries=settings.sms_countries,
    )


def _copies(house: House) -> Callable[[str, Letter], Awaitable[None]]:
    """Return what keeps a copy of a letter for the demo's outbox page."""

    async def keep(channel: str, letter: Letter) -> None:
        copy = DemoLetter(
            message_id=letter.message_id,
            channel=channel,
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            links=tuple((link.label, link.url) for link in letter.links),
            at=house.clock(),
        )
        async with house.units.write() as unit:
            await unit.demo_letters.add(copy)

    return keep
