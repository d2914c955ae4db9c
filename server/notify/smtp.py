"""Letters by SMTP, with the invitation both inside and attached, as calendars expect."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import urlsplit

from server.notify.channel import ChannelContext, DeliveryFailed
from server.notify.encryption import must_encrypt, trust
from server.notify.letter import Letter
from server.notify.smtp_line import DEFAULT_PORT, Line


class Smtp:
    """Composes mails, and hands them over on one line."""

    name = "mail"

    def __init__(self, context: ChannelContext) -> None:
        self._context = context
        server = urlsplit(context.smtp_url)
        encryption = trust(server, context.smtp_ca)
        self._line = Line(server, encryption, must_encrypt=must_encrypt(server, context.smtp_ca))

    async def deliver(self, letter: Letter) -> None:
        sender = self._context.sender
        try:
            message = as_message(letter, sender=sender, sender_name=self._context.sender_name)
        except (ValueError, MessageError) as error:
            raise DeliveryFailed(type(error).__name__, permanent=True) from None
        returns = self._context.returns
        envelope = (returns and returns.of_message(letter.message_id)) or sender
        await self._line.hand_over(message, sender=envelope, to=letter.to)

    async def greet(self) -> None:
        """See whether the server lets us in. Raises ChannelAway."""
        await self._line.greet()

    def close(self) -> None:
        self._line.close()


def as_message(letter: Letter, *, sender: str, sender_name: str) -> EmailMessage:
    """Return the letter as a mail (RFC 5322) with its invitation as RFC 6047 has it.

    Raises ValueError or MessageError for an address that no mail can be sent to; the header classes refuse
    line breaks.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender_name, addr_spec=sender)
    message["To"] = Address(letter.name, addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        _invite(message, letter)
    message["Content-Language"] = letter.language  # last: it would go down with the first part
    return message


def _invite(message: EmailMessage, letter: Letter) -> None:
    body = letter.calendar.decode()
    message.add_alternative(body, subtype="calendar", params={"method": letter.method})
    message.add_attachment(
        letter.calendar,
        maintype="text",
        subtype="calendar",
        filename="kohtaamo.ics",
        params={"method": letter.method},
    )


def create(context: ChannelContext) -> Smtp | None:
    """Return the sender when an SMTP address is set.

    Raises ValueError when the address is not of the form `smtp[s]://[user:password@]host[:port]`, and when
    the file of certificates cannot be used.
    """
    if not context.smtp_url:
        return None
    url = urlsplit(context.smtp_url)
    if url.scheme not in DEFAULT_PORT or not url.hostname:
        raise ValueError("KOHTAAMO_SMTP_URL must look like smtp://user:password@host:587")
    return Smtp(context)
