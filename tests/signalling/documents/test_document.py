"""What may come in, under which name, and who sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from signalling.assurance import Level
from signalling.documents.document import (
    MOST_BYTES,
    Document,
    State,
    clean_name,
    require_document,
    require_pages,
)
from signalling.documents.errors import NotADocument, TooLarge, TooManyPages
from signalling.participant import Role

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OFFER = Document(
    id=UUID(int=1),
    appointment_id=UUID(int=2),
    by=Role.ADVISER,
    name="tarjous.pdf",
    pages=3,
    size_bytes=1000,
    handed_in_at=NOW,
    state=State.READY,
)
PAYSLIP = replace(OFFER, id=UUID(int=3), by=Role.CUSTOMER, name="palkka.pdf")


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Palkkalaskelma 11-2026.pdf", "Palkkalaskelma 11-2026.pdf"),
        ("C:\\Users\\aino\\palkka.pdf", "palkka.pdf"),
        ("../../etc/passwd", "passwd"),
        ("rivi\r\nX-Header: 1.pdf", "rivi X-Header: 1.pdf"),
        ("laina\u202efdp.exe", "lainafdp.exe"),
        ("\u200b\u200b", "document"),
        ("", "document"),
        ("o\u0308ljy.pdf", "öljy.pdf"),
    ],
)
def test_name_is_shown_without_folders_and_tricks(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_long_name_keeps_its_end() -> None:
    cleaned = clean_name("a" * 200 + "2026.pdf")

    assert len(cleaned) == 80
    assert cleaned.endswith("…2026.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_pdf_png_and_jpeg_are_known_by_their_first_bytes(content: bytes) -> None:
    require_document(content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"GIF89a", b"<svg/>", b"\x00%PDF-1.4", b"%pdf-"])
def test_everything_else_is_no_document(content: bytes) -> None:
    with pytest.raises(NotADocument):
        require_document(content)


def test_twenty_megabytes_and_fifty_pages_are_the_most() -> None:
    require_document(b"%PDF-".ljust(MOST_BYTES))
    require_pages(50)

    with pytest.raises(TooLarge) as large:
        require_document(b"%PDF-".ljust(MOST_BYTES + 1))
    with pytest.raises(TooManyPages) as many:
        require_pages(51)

    assert (large.value.most_bytes, many.value.most_pages) == (20_971_520, 50)


def test_customer_sees_the_advisers_document_only_once_shown_and_after_coming_in() -> None:
    shown = replace(OFFER, shown_at=NOW)

    seen = [
        document.is_seen_by(Role.CUSTOMER, has_come_in=has_come_in)
        for document in (OFFER, shown)
        for has_come_in in (False, True)
    ]

    assert seen == [False, False, False, True]


@pytest.mark.parametrize("has_come_in", [False, True])
@pytest.mark.parametrize("level", list(Level))
def test_locked_document_opens_to_a_customer_at_its_level_and_above(level: Level, has_come_in: bool) -> None:
    shown = replace(OFFER, shown_at=NOW, lock=Level.SUBSTANTIAL)

    may_see = shown.is_seen_by(Role.CUSTOMER, has_come_in=has_come_in, level=level)

    assert may_see is (has_come_in and level in {Level.SUBSTANTIAL, Level.HIGH})
    assert shown.is_seen_by(Role.ADVISER, has_come_in=True)


def test_both_see_what_the_customer_handed_in() -> None:
    assert PAYSLIP.is_seen_by(Role.CUSTOMER, has_come_in=False)
    assert PAYSLIP.is_seen_by(Role.ADVISER, has_come_in=True)


@pytest.mark.parametrize("document", [OFFER, PAYSLIP])
def test_a_guest_sees_what_was_shown_of_either_side_unless_it_is_locked(document: Document) -> None:
    shown = replace(document, shown_at=NOW)

    seen = [
        one.is_seen_by(Role.INTERPRETER, has_come_in=True)
        for one in (document, shown, replace(shown, lock=Level.LOW))
    ]

    assert seen == [False, True, False]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.FAILED])
def test_nobody_sees_what_was_withdrawn_or_failed(state: State) -> None:
    gone = replace(OFFER, shown_at=NOW, state=state)

    assert not any(gone.is_seen_by(role, has_come_in=True) for role in Role)
