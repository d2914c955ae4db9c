"""What comes back is read as failed for good only when a mail server says so."""

from email.message import EmailMessage, MIMEPart
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.notify.return_address import ReturnAddress
from server.notify.returned import Returned, read_returned

LETTER = UUID(int=7)
RETURNS = ReturnAddress("bounces@example.org", b"one key")
OURS = RETURNS.of(LETTER)
SERVER = "Mail Delivery System <MAILER-DAEMON@mx.example.com>"


def report(fields: str, *, to: str = OURS, kind: str = "delivery-status") -> bytes:
    """Write what a mail server reports of a recipient."""
    status = f"Reporting-MTA: dns; mx.example.com\n\n{fields}\n"
    return (
        f"From: {SERVER}\nTo: {to}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered: 550 5.7.1 in words.\n"
        f"--b\nContent-Type: message/{kind}\n\n{status}\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: Videotapaaminen\n\nHei\n--b--\n"
    ).encode()


def plain(text: str, *, sender: str = SERVER, to: str = OURS, **headers: str) -> bytes:
    """Write a mail without a report."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "About your mail"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("Action: failed\nFinal-Recipient: rfc822;a@example.com\nStatus: 5.1.1", "5.1.1"),
        ("Action: FAILED\nStatus: 5.2.2 (mailbox full)", "5.2.2"),
        ("Action: failed\nStatus: 4.4.7", "4.4.7"),
        ("Action: failed", "5.0.0"),
        ("Action: delayed\nStatus: 4.2.0\n\nAction: failed\nStatus: 5.1.1", "5.1.1"),
    ],
)
@pytest.mark.parametrize("kind", ["delivery-status", "global-delivery-status"])
def test_report_of_a_failure_names_the_letter_and_the_code(fields: str, code: str, kind: str) -> None:
    assert read_returned(report(fields, kind=kind), RETURNS) == Returned(LETTER, code)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_report_of_anything_else_tells_nothing(action: str) -> None:
    assert read_returned(report(f"Action: {action}\nStatus: 5.1.1"), RETURNS) is None


@pytest.mark.parametrize(
    ("text", "headers", "code"),
    [
        ("Sorry, no mailbox here by that name. (#5.1.1)", {}, "5.1.1"),
        ("The following address failed:\n  550 5.2.1 <a@example.com>: disabled", {}, "5.2.1"),
        ("The following address failed: a@example.com", {"X_Failed_Recipients": "a@example.com"}, "5.0.0"),
    ],
)
def test_plain_mail_of_a_mail_server_that_names_a_failure_counts(
    text: str, headers: dict[str, str], code: str
) -> None:
    assert read_returned(plain(text, **headers), RETURNS) == Returned(LETTER, code)


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Your mail is delayed: 451 4.4.1 no answer. It will be tried for 5 days.", SERVER),
        ("Your mail is delayed: 4.4.1. Should it fail, you will hear of it by 5.4.7.", SERVER),
        ("Your mail was taken by 10.5.1.1 and 5.1.1.7.", SERVER),
        ("I am on holiday until 5.1.2027. Mail 5.1.1 to Louhi.", "Aino <aino@example.com>"),
        ("550 5.1.1 is what I say", "aino@example.com"),
        ("550 5.1.1", "mailer-daemon.aino@example.com"),
    ],
)
def test_delays_and_answers_tell_nothing(text: str, sender: str) -> None:
    assert read_returned(plain(text, sender=sender), RETURNS) is None


def test_complaint_about_spam_is_no_failure() -> None:
    complaint = report("Action: failed\nStatus: 5.1.1").replace(b"delivery-status", b"feedback-report")

    assert read_returned(complaint, RETURNS) is None


@pytest.mark.parametrize("header", ["Envelope-To", "Delivered-To", "X-Original-To"])
def test_letter_is_found_by_whom_the_mail_came_to(header: str) -> None:
    mail = report("Action: failed\nStatus: 5.1.1", to="undisclosed-recipients:;")

    assert read_returned(f"{header}: {OURS}\n".encode() + mail, RETURNS) == Returned(LETTER, "5.1.1")
    assert read_returned(mail, RETURNS, recipient=OURS) == Returned(LETTER, "5.1.1")
    assert read_returned(mail, RETURNS) is None


def test_forged_address_changes_nothing() -> None:
    forged = ReturnAddress("bounces@example.org", b"another key").of(LETTER)

    assert read_returned(report("Action: failed\nStatus: 5.1.1", to=forged), RETURNS) is None


def test_line_of_the_pipe_before_the_mail_is_no_hindrance() -> None:
    mail = b"From MAILER-DAEMON Sun Nov 22 12:02:53 2026\n" + report("Action: failed\nStatus: 5.1.1")

    assert read_returned(mail, RETURNS) == Returned(LETTER, "5.1.1")


def test_mail_that_never_ends_is_read_from_its_beginning() -> None:
    long = report("Action: failed\nStatus: 5.1.1") + b"x" * 5_000_000

    assert read_returned(long, RETURNS) == Returned(LETTER, "5.1.1")


def test_mail_nested_without_end_tells_nothing() -> None:
    nested = b"".join(
        b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (level, level) for level in range(5_000)
    )

    assert read_returned(nested, RETURNS, recipient=OURS) is None


@given(st.binary(max_size=2_000))
def test_whatever_arrives_is_read_without_a_fault(content: bytes) -> None:
    assert read_returned(content, RETURNS, recipient=OURS) is None


HEADERS = ("Content-Type", "From", "To", "Content-Transfer-Encoding", "Action", "Status", "Envelope-To")
VALUES = (
    "multipart/report; boundary=b",
    "message/delivery-status",
    "text/plain; charset=none",
    "base64",
    "=?x",
)


@given(
    st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(VALUES) | st.text(max_size=40)), max_size=9),
    st.text(max_size=200),
)
def test_crooked_headers_are_read_without_a_fault(headers: list[tuple[str, str]], body: str) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    mail = f"{head}\n--b\n{head}\n{body}\n--b--\n".encode("utf-8", "surrogatepass")

    assert read_returned(mail, RETURNS) is None


def test_text_that_is_encoded_is_read() -> None:
    part = MIMEPart()
    part.set_content("Sorry. (#5.1.1) ä", cte="base64")
    mail = f"From: {SERVER}\nTo: {OURS}\n".encode() + part.as_bytes()

    assert read_returned(mail, RETURNS) == Returned(LETTER, "5.1.1")


@pytest.mark.parametrize("kept", ["Delivered-To", "To"])
def test_comments_within_comments_in_an_address_are_read_as_nothing(kept: str) -> None:
    mail = plain("5.1.1").replace(b"Subject:", f"{kept}: {'(,' * 990}\nSubject:".encode() * 30, 1)

    assert read_returned(mail, RETURNS) is None


def test_mail_within_mail_without_end_is_not_read_at_all() -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; Boundary=b{depth}\n\n--b{depth}\n" for depth in range(900)
    )
    mail = f"From: {SERVER}\nTo: {OURS}\n{nested}\n5.1.1\n".encode() + b"a\n" * 400_000
    before = process_time()

    found = read_returned(mail, RETURNS)

    assert found is None
    assert process_time() - before < 1
