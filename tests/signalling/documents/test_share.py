"""Handing in, showing and taking back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from signalling.documents.document import State
from signalling.documents.errors import DocumentNotFound, TooManyDocuments, TooManyPages
from signalling.documents.open import on_the_table, open_page
from signalling.documents.share import Paper, finish, hand_in, show, withdraw
from signalling.participant import Role
from tests.signalling.documents.memory import MemoryUnit

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
AINOS, KULLERVOS = UUID(int=1), UUID(int=2)


def paper(by: Role = Role.ADVISER, pages: int = 3) -> Paper:
    return Paper(id=uuid4(), appointment_id=AINOS, by=by, name="a.pdf", pages=pages, size_bytes=10)


@pytest.mark.parametrize(("pages", "state"), [(1, State.READY), (3, State.CONVERTING)])
async def test_document_is_ready_when_its_first_page_is_all_it_has(pages: int, state: State) -> None:
    unit = MemoryUnit()

    document = await hand_in(unit, paper(pages=pages), now=NOW)

    assert document.state is state
    assert await unit.documents.get(document.id) == document


async def test_too_many_pages_and_too_many_documents_are_refused() -> None:
    unit = MemoryUnit()
    with pytest.raises(TooManyPages):
        await hand_in(unit, paper(pages=51), now=NOW)
    first, *_ = [await hand_in(unit, paper(), now=NOW) for _ in range(20)]

    with pytest.raises(TooManyDocuments):
        await hand_in(unit, paper(), now=NOW)
    await withdraw(unit, first.id, Role.ADVISER, appointment_id=AINOS)

    again = await hand_in(unit, paper(), now=NOW)

    assert await unit.documents.get(again.id) == again


async def test_customer_is_shown_what_the_adviser_lays_on_the_table_and_no_more() -> None:
    unit = MemoryUnit()
    offer = await hand_in(unit, paper(), now=NOW)
    await hand_in(unit, paper(), now=NOW)
    assert await on_the_table(unit, AINOS, Role.CUSTOMER, has_come_in=True) == ()

    shown = await show(unit, offer.id, Role.ADVISER, appointment_id=AINOS, now=NOW)
    again = await show(unit, offer.id, Role.ADVISER, appointment_id=AINOS, now=NOW + timedelta(minutes=1))

    assert again == shown == replace(offer, shown_at=NOW)
    assert await on_the_table(unit, AINOS, Role.CUSTOMER, has_come_in=True) == (shown,)
    assert await on_the_table(unit, AINOS, Role.CUSTOMER, has_come_in=False) == ()


async def test_customer_cannot_show_what_they_cannot_see() -> None:
    unit = MemoryUnit()
    offer = await hand_in(unit, paper(), now=NOW)

    with pytest.raises(DocumentNotFound):
        await show(unit, offer.id, Role.CUSTOMER, appointment_id=AINOS, now=NOW)


async def test_document_of_another_appointment_is_not_there() -> None:
    unit = MemoryUnit()
    offer = await hand_in(unit, paper(), now=NOW)
    opened = await open_page(unit, offer.id, 3, Role.ADVISER, appointment_id=AINOS, has_come_in=True)
    assert opened == offer  # it is there to be seen

    with pytest.raises(DocumentNotFound):
        await open_page(unit, offer.id, 3, Role.ADVISER, appointment_id=KULLERVOS, has_come_in=True)
    with pytest.raises(DocumentNotFound):
        await show(unit, offer.id, Role.ADVISER, appointment_id=KULLERVOS, now=NOW)
    with pytest.raises(DocumentNotFound):
        await withdraw(unit, offer.id, Role.ADVISER, appointment_id=KULLERVOS)


@pytest.mark.parametrize("number", [0, 4])
async def test_page_that_a_document_does_not_have_is_not_there(number: int) -> None:
    unit = MemoryUnit()
    offer = await hand_in(unit, paper(pages=3), now=NOW)

    with pytest.raises(DocumentNotFound):
        await open_page(unit, offer.id, number, Role.ADVISER, appointment_id=AINOS, has_come_in=True)


async def test_only_who_gave_it_takes_it_back() -> None:
    unit = MemoryUnit()
    payslip = await hand_in(unit, paper(Role.CUSTOMER), now=NOW)
    with pytest.raises(DocumentNotFound):
        await withdraw(unit, payslip.id, Role.ADVISER, appointment_id=AINOS)

    withdrawn = await withdraw(unit, payslip.id, Role.CUSTOMER, appointment_id=AINOS)
    again = await withdraw(unit, payslip.id, Role.CUSTOMER, appointment_id=AINOS)

    assert again == withdrawn == replace(payslip, state=State.WITHDRAWN)
    assert await on_the_table(unit, AINOS, Role.ADVISER, has_come_in=True) == ()


async def test_what_was_withdrawn_while_it_was_drawn_stays_withdrawn() -> None:
    unit = MemoryUnit()
    payslip = await hand_in(unit, paper(Role.CUSTOMER), now=NOW)
    await withdraw(unit, payslip.id, Role.CUSTOMER, appointment_id=AINOS)

    await finish(unit, payslip.id, State.READY)

    assert (await unit.documents.get(payslip.id)).state is State.WITHDRAWN
