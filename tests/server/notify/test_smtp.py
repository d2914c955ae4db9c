"""Letters by SMTP, to a real server."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from booking.letter import LetterKind
from server.notify.channel import ChannelContext, DeliveryFailed
from server.notify.encryption import must_encrypt
from server.notify.smtp import Smtp, create
from tests.instances.ports import free_port
from tests.instances.smtp import Mailbox
from tests.server.notify.ainos import letter


def channel(url: str) -> Smtp:
    context = ChannelContext(
        smtp_url=url,
        sender="no-reply@tapaa.example.org",
        sender_name="Esimerkkipankki",
    )
    made = create(context)
    assert made is not None
    return made


async def test_letter_arrives_with_text_page_and_invitation(mailbox: Mailbox) -> None:
    await channel(mailbox.url).deliver(letter(LetterKind.BOOKED))

    [mail] = mailbox.to("aino@example.org")
    message = mail.message
    assert message["Message-ID"] == "<1@tapaa.example.org>"
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    invitation = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert invitation.get_param("method") == "REQUEST"
    assert "METHOD:REQUEST" in invitation.get_content()


@pytest.mark.parametrize(("answer", "permanent"), [("451 later", False), ("550 never", True)])
async def test_refused_letter_says_whether_to_try_again(
    mailbox: Mailbox, answer: str, permanent: bool
) -> None:
    mailbox.answer = answer

    with pytest.raises(DeliveryFailed) as failed:
        await channel(mailbox.url).deliver(letter())

    assert failed.value.permanent is permanent


async def test_server_that_is_not_there_is_a_passing_failure() -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await channel(f"smtp://127.0.0.1:{free_port()}").deliver(letter())

    assert not failed.value.permanent


@pytest.mark.parametrize(
    "to", ["aino@.example.org", "aino@example..org", "a..o@example.org", "a[o@example.org"]
)
async def test_what_is_no_address_fails_for_good_and_stops_no_other_letter(mailbox: Mailbox, to: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await channel(mailbox.url).deliver(replace(letter(), to=to))

    assert failed.value.permanent
    assert mailbox.mails == []


async def test_line_break_in_a_name_or_address_sends_nothing(mailbox: Mailbox) -> None:
    for bad in (
        replace(letter(), name="Aino\r\nBcc: louhi@example.org"),
        replace(letter(), to="aino@example.org\r\nBcc: louhi@example.org"),
    ):
        with pytest.raises(DeliveryFailed) as failed:
            await channel(mailbox.url).deliver(bad)
        assert failed.value.permanent

    assert mailbox.mails == []


def test_address_of_another_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="smtp://"):
        channel("http://mail.example.org")


@pytest.mark.parametrize(
    ("url", "must"),
    [
        ("smtp://u:p@mail.example.org:587", True),
        ("smtp://u:p@localhost:587", False),
        ("smtp://mail.example.org", False),
        ("smtps://u:p@mail.example.org", False),
    ],
)
def test_a_password_leaves_the_machine_encrypted_or_not_at_all(url: str, must: bool) -> None:
    assert must_encrypt(urlsplit(url)) is must
