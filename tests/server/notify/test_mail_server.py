"""Letters to a real mail server, Debian's Exim: they arrive whole, or it is said why not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import TypeAlias
from uuid import UUID, uuid4

import pytest

from booking.letter import LetterKind
from server.commands.check import check
from server.house import open_house
from server.notify.channel import ChannelAway, ChannelContext, DeliveryFailed
from server.notify.letter import Letter
from server.notify.return_address import ReturnAddress
from server.notify.smtp import Smtp, create
from server.settings import Mode, Settings
from tests.contracts.databases import migrate_aside
from tests.instances.exim import AFAR, NOT_CERTIFIED, Exim
from tests.server.notify.ainos import letter

Channel: TypeAlias = Callable[..., Smtp]
RETURNS = ReturnAddress("bounces@kohtaamo.test", b"a key of the tests alone")


def opened(url: str, ca: Path | None = None, returns: ReturnAddress | None = None) -> Smtp:
    sender = create(
        ChannelContext(
            smtp_url=url,
            sender="no-reply@kohtaamo.test",
            sender_name="Esimerkkipankki",
            smtp_ca=str(ca or ""),
            returns=returns,
        )
    )
    assert sender is not None
    return sender


@pytest.fixture
def channel() -> Iterator[Channel]:
    """Opens channels, and closes them when the test ends."""
    with ExitStack() as open_ones:

        def make(url: str, ca: Path | None = None, returns: ReturnAddress | None = None) -> Smtp:
            sender = opened(url, ca, returns)
            open_ones.callback(sender.close)
            return sender

        yield make


def new_letter(to: str = "", kind: LetterKind = LetterKind.BOOKED) -> Letter:
    """Return a letter to an address of its own, unless one is given."""
    letter_id = uuid4()
    to = to or f"aino-{letter_id.hex}@customers.test"
    return replace(letter(kind), to=to, message_id=f"<{letter_id}@kohtaamo.test>")


def leaves(message: EmailMessage) -> list[EmailMessage]:
    return [part for part in message.walk() if not part.is_multipart()]


def content(part: EmailMessage) -> bytes:
    decoded = part.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    return decoded


async def test_letter_arrives_whole_with_text_first_then_page_then_invitation(
    channel: Channel, exim: Exim
) -> None:
    sent = new_letter()

    await channel(exim.here).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    text, page, invitation, attached = leaves(mail)
    assert mail.defects == []
    assert text.get_content_type() == "text/plain"
    assert text.get_content().splitlines() == sent.text.splitlines()
    assert page.get_content_type() == "text/html"
    assert page.get_content().splitlines() == sent.html.splitlines()
    for part in (invitation, attached):
        assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
        assert content(part).splitlines() == sent.calendar.splitlines()
    assert content(attached) == sent.calendar
    assert attached.get_filename() == "kohtaamo.ics"


async def test_letter_says_that_a_machine_wrote_it_and_asks_for_no_answer(
    channel: Channel, exim: Exim
) -> None:
    sent = new_letter()

    await channel(exim.here).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == sent.message_id
    assert mail["From"].addresses[0].addr_spec == "no-reply@kohtaamo.test"
    assert [one.addr_spec for one in mail["To"].addresses] == [sent.to]
    for asking in ("Reply-To", "Return-Receipt-To", "Disposition-Notification-To", "Cc", "Bcc"):
        assert mail[asking] is None


async def test_letter_comes_back_to_an_address_that_names_it(channel: Channel, exim: Exim) -> None:
    sent = new_letter()

    await channel(exim.here, returns=RETURNS).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    returned_to = mail["Return-path"].strip("<>")
    assert f"<{RETURNS.letter_of(returned_to)}@kohtaamo.test>" == sent.message_id
    assert mail["From"].addresses[0].addr_spec == "no-reply@kohtaamo.test"


async def test_letters_without_a_mailbox_for_bounces_come_back_to_the_sender(
    channel: Channel, exim: Exim
) -> None:
    sent = new_letter()

    await channel(exim.here).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    assert mail["Return-path"].strip("<>") == "no-reply@kohtaamo.test"


async def test_second_copy_has_the_same_message_id_and_the_same_way_back(
    channel: Channel, exim: Exim
) -> None:
    sent = new_letter()

    for _ in range(2):
        await channel(exim.here, returns=RETURNS).deliver(sent)

    first, second = await exim.until_delivered(sent.to, 2)
    assert first["Message-ID"] == second["Message-ID"] == sent.message_id
    assert first["Return-path"] == second["Return-path"]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_letter_travels_encrypted_after_a_login(channel: Channel, exim: Exim, scheme: str) -> None:
    sent = new_letter()

    await channel(exim.afar(scheme=scheme), exim.ca).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    assert "with esmtpsa" in mail["Received"]


async def test_neighbour_on_the_same_machine_is_encrypted_to_without_asking_who_it_is(
    channel: Channel, exim: Exim
) -> None:
    sent = new_letter()

    await channel(exim.here).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    assert "with esmtps " in mail["Received"]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_certificate_of_nobody_known_is_refused_before_the_password_is_told(
    channel: Channel, exim: Exim, scheme: str
) -> None:
    with pytest.raises(ChannelAway) as away:
        await channel(exim.afar(scheme=scheme)).deliver(new_letter())

    assert away.value.why == "certificate not trusted: unable to get local issuer certificate"


async def test_certificate_of_another_host_is_refused(channel: Channel, exim: Exim) -> None:
    elsewhere = exim.afar().replace(AFAR, NOT_CERTIFIED)

    with pytest.raises(ChannelAway) as away:
        await channel(elsewhere, exim.ca).deliver(new_letter())

    assert away.value.why.startswith("certificate not trusted: IP address mismatch")


async def test_password_is_not_told_to_a_server_without_encryption(channel: Channel, exim: Exim) -> None:
    before = exim.log()

    with pytest.raises(ChannelAway) as away:
        await channel(exim.clear).deliver(new_letter())

    assert "STARTTLS" in away.value.why
    assert "authenticator" not in exim.log().removeprefix(before)


async def test_server_whose_authority_is_set_must_encrypt_without_a_password_too(
    channel: Channel, exim: Exim
) -> None:
    without_login = f"smtp://{AFAR}:{exim.ports.clear}"

    with pytest.raises(ChannelAway, match="STARTTLS"):
        await channel(without_login, exim.ca).deliver(new_letter())


async def test_wrong_password_stops_the_channel_and_no_letter(channel: Channel, exim: Exim) -> None:
    with pytest.raises(ChannelAway) as away:
        await channel(exim.afar("another"), exim.ca).deliver(new_letter())

    assert away.value.why == "login refused: 535"


async def test_check_of_an_installation_says_whether_the_server_lets_us_in(
    exim: Exim, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrate_aside(f"sqlite:///{tmp_path}/kohtaamo.sqlite3")
    for url, said in (
        (exim.afar(), "mail server      ok: lets us in"),
        (exim.afar("another"), "mail server      not sound: login refused: 535;"),
        ("", "mail server      ok: none is set"),
    ):
        settings = Settings(
            mode=Mode.DEMO, secret="s" * 32, data=tmp_path, smtp_url=url, smtp_ca=str(exim.ca)
        )
        await check(open_house(settings))
        assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("to", "why", "permanent"),
    [
        ("gone@customers.test", "recipient refused: 550", True),
        ("grey@customers.test", "recipient refused: 451", False),
        ("aino@another.test", "recipient refused: 550", True),
    ],
)
async def test_refused_recipient_is_tried_again_or_not_as_the_server_says(
    channel: Channel, exim: Exim, to: str, why: str, permanent: bool
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await channel(exim.here).deliver(new_letter(to))

    assert (failed.value.why, failed.value.permanent) == (why, permanent)
    assert not isinstance(failed.value, ChannelAway)


async def test_letter_that_is_too_big_is_given_up_and_the_next_one_arrives(
    channel: Channel, exim: Exim
) -> None:
    post, small = channel(exim.here), new_letter()
    big = replace(new_letter(), text="Pitkä kirje. " * 40_000)

    with pytest.raises(DeliveryFailed) as failed:
        await post.deliver(big)
    await post.deliver(small)

    assert failed.value.permanent
    assert failed.value.why.endswith("552")
    assert len(await exim.until_delivered(small.to)) == 1


async def test_name_and_address_in_other_letters_arrive_as_they_are(channel: Channel, exim: Exim) -> None:
    sent = replace(new_letter(), name="Åke Öhman ✉️ 漢字")

    await channel(exim.here).deliver(sent)

    [mail] = await exim.until_delivered(sent.to)
    assert mail["To"].addresses[0].display_name == "Åke Öhman ✉️ 漢字"


def test_file_without_certificates_is_refused_at_the_start(tmp_path: Path) -> None:
    for text in (None, "no certificate"):
        if text:
            (tmp_path / "ca.pem").write_text(text)
        with pytest.raises(ValueError, match="KOHTAAMO_SMTP_CA"):
            opened("smtp://mail.example.org", tmp_path / "ca.pem")


def test_address_to_come_back_to_fits_every_mail_server() -> None:
    widest = ReturnAddress("fourteen-chars@kohtaamo.test", b"key").of(UUID(int=2**128 - 1))

    assert len(widest.partition("@")[0]) <= 64
