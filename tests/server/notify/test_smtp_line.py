"""One line to a mail server: kept open, opened anew when it was closed; no letter is lost or doubled."""

from dataclasses import replace

import pytest

import server.notify.smtp_line
from server.notify.channel import ChannelAway, ChannelContext, DeliveryFailed, DeliveryUnsure
from server.notify.smtp import Smtp
from tests.instances.ports import free_port
from tests.server.notify.ainos import letter
from tests.server.notify.moody_server import HANGS_UP, SAYS_NOTHING, MoodyServer, moody_server


def channel(server: MoodyServer, *, login: str = "") -> Smtp:
    url = server.url.replace("smtp://", f"smtp://{login}")
    return Smtp(ChannelContext(smtp_url=url, sender="no-reply@example.org", sender_name="Pankki"))


async def test_letters_go_over_one_line_each_whole() -> None:
    async with moody_server() as server:
        mail = channel(server)
        for number in range(5):
            await mail.deliver(replace(letter(), message_id=f"<{number}@example.org>"))

    assert server.calls == 1
    assert [f"<{number}@example.org>" in text for number, text in enumerate(server.taken)] == [True] * 5


@pytest.mark.parametrize("step", ["RSET", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("mood", [HANGS_UP, "421 enough for one line"])
async def test_a_line_that_the_server_closed_is_opened_anew_and_the_letter_arrives_once(
    step: str, mood: str
) -> None:
    async with moody_server() as server:
        mail = channel(server)
        await mail.deliver(letter())
        server.moods.append((step, mood))

        await mail.deliver(letter())

    assert (server.calls, len(server.taken)) == (2, 2)


async def test_a_server_that_restarted_between_two_letters_gets_both_once() -> None:
    async with moody_server() as server:
        mail = channel(server)
        await mail.deliver(letter())
        server.hang_up()

        await mail.deliver(letter())

    assert (server.calls, len(server.taken)) == (2, 2)


async def test_a_letter_whose_last_dot_is_not_answered_is_in_doubt_and_not_sent_again() -> None:
    async with moody_server((".", HANGS_UP)) as server:
        mail = channel(server)
        with pytest.raises((DeliveryUnsure, ChannelAway)) as met:
            await mail.deliver(letter())
        assert met.type is DeliveryUnsure

        await mail.deliver(letter())

    assert (server.calls, len(server.taken)) == (2, 2)


async def test_a_server_that_falls_silent_after_the_last_dot_leaves_the_letter_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server.notify.smtp_line, "ANSWER_WITHIN", 0.2)
    async with moody_server((".", SAYS_NOTHING)) as moody:
        with pytest.raises(DeliveryUnsure):
            await channel(moody).deliver(letter())


@pytest.mark.parametrize(
    ("step", "answer", "permanent"),
    [
        ("RCPT", "550 no such mailbox", True),
        ("RCPT", "450 greylisted", False),
        ("DATA", "554 no", True),
        (".", "554 looks like spam", True),
        (".", "451 later", False),
        ("MAIL", "550 not from you", False),
    ],
)
async def test_an_answer_says_whether_to_try_again_and_keeps_the_line(
    step: str, answer: str, permanent: bool
) -> None:
    async with moody_server((step, answer)) as server:
        mail = channel(server)
        with pytest.raises(DeliveryFailed) as failed:
            await mail.deliver(letter())
        await mail.deliver(letter())

    assert (failed.value.permanent, isinstance(failed.value, ChannelAway)) == (permanent, False)
    assert (server.calls, len(server.taken)) == (1, 1)


@pytest.mark.parametrize(
    "moods",
    [[("call", "554 go away")], [("MAIL", "421 closing")], [("RCPT", HANGS_UP)], [("DATA", HANGS_UP)]],
)
async def test_a_server_that_lets_nobody_in_is_no_letters_fault(moods: list[tuple[str, str]]) -> None:
    async with moody_server(*moods) as server:
        with pytest.raises(ChannelAway):
            await channel(server).deliver(letter())

    assert server.taken == []


async def test_a_wrong_password_gives_no_letter_up() -> None:
    async with moody_server() as server:
        with pytest.raises(ChannelAway):
            await channel(server, login="user:wrong@").deliver(letter())

    assert server.taken == []


async def test_nobody_at_the_port_is_no_letters_fault() -> None:
    with pytest.raises(ChannelAway):
        await channel(MoodyServer(port=free_port())).deliver(letter())


async def test_a_line_of_one_dot_ends_no_letter_early() -> None:
    async with moody_server() as server:
        await channel(server).deliver(replace(letter(), text="Hei\n.\n..\nLoppu\n"))

    assert "\r\n..\r\n...\r\nLoppu\r\n" in server.taken[0]
