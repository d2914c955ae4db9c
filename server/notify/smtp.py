"""Letters by SMTP, with the invitation both inside and attached, as calendars expect."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from server.addresses import LOOPBACK
from server.notify.channel import ChannelContext, DeliveryFailed
from server.notify.letter import Letter

TIMEOUT_SECONDS = 20
DEFAULT_PORT = {"smtp": 25, "smtps": 465}


class Smtp:
    """Speaks to one server, one connection a letter; STARTTLS is used where it is offered, or must be."""

    name = "mail"

    def __init__(self, context: ChannelContext) -> None:
        self._context = context
        self._url = urlsplit(context.smtp_url)

    async def deliver(self, letter: Letter) -> None:
        try:
            message = as_message(letter, sender=self._context.sender, sender_name=self._context.sender_name)
            await aiosmtplib.send(
                message,
                hostname=self._url.hostname,
                port=self._url.port or DEFAULT_PORT[self._url.scheme],
                username=unquote(self._url.username) if self._url.username else None,
                password=unquote(self._url.password) if self._url.password else None,
                use_tls=self._url.scheme == "smtps",
                start_tls=must_encrypt(self._url) or None,
                timeout=TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            codes = [one.code for one in refused.recipients]
            raise DeliveryFailed(f"recipient refused: {codes}", permanent=min(codes) >= 500) from None
        except aiosmtplib.SMTPResponseException as answer:
            raise DeliveryFailed(f"server answered {answer.code}", permanent=answer.code >= 500) from None
        except (ValueError, MessageError) as error:
            raise DeliveryFailed(type(error).__name__, permanent=True) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryFailed(type(error).__name__, permanent=False) from None


def must_encrypt(server: SplitResult) -> bool:
    """Tell whether STARTTLS is a must: no password leaves this machine in clear, whatever a server says."""
    return server.scheme == "smtp" and bool(server.username) and server.hostname not in LOOPBACK


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
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        _invite(message, letter)
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

    Raises ValueError when the address is not of the form `smtp[s]://[user:password@]host[:port]`.
    """
    if not context.smtp_url:
        return None
    url = urlsplit(context.smtp_url)
    if url.scheme not in DEFAULT_PORT or not url.hostname:
        raise ValueError("KOHTAAMO_SMTP_URL must look like smtp://user:password@host:587")
    return Smtp(context)
