"""Documents over HTTP: who may hand in, see and take back, with real files, database and converter."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from server.demo_data import LOUHI, MORTGAGE
from tests.server import papers
from tests.web.documents_table import DocumentsTable, documents_table

THREE_PAGES = papers.pdf([papers.words(f"Page {n}") for n in (1, 2, 3)])


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[DocumentsTable]:
    async with documents_table(tmp_path) as laid:
        yield laid


async def test_adviser_sees_pictures_of_what_the_customer_handed_in(table: DocumentsTable) -> None:
    booked = await table.books()
    aino, ilmari = await table.customer(booked), await table.adviser(booked)

    handed_in = await aino.hands_in(THREE_PAGES, "palkka.pdf")
    document = (await handed_in.json())["id"]
    pages = [await ilmari.page(document, number) for number in (1, 2, 3)]

    assert handed_in.status == 201
    assert await ilmari.names() == ["palkka.pdf"]
    assert [page.status for page in pages] == [200, 200, 200]
    assert Image.open(BytesIO(await pages[2].read())).size == (1600, 2265)
    await table.is_drawn(document)
    assert await table.state(document) == "ready"


async def test_picture_is_cached_in_private_and_can_do_nothing(table: DocumentsTable) -> None:
    booked = await table.books()
    aino = await table.customer(booked)
    document = (await (await aino.hands_in(THREE_PAGES)).json())["id"]

    answer = await aino.page(document, 1)

    assert answer.content_type == "image/webp"
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_original_is_gone_once_all_pages_are_drawn(table: DocumentsTable) -> None:
    booked = await table.books()
    aino = await table.customer(booked)
    document = (await (await aino.hands_in(THREE_PAGES)).json())["id"]

    await (await aino.page(document, 3)).read()
    await table.is_drawn(document)

    kept = sorted(path.name for path in (table.folder / "documents" / document).iterdir())
    assert kept == ["page-1", "page-2", "page-3"]


async def test_customer_sees_the_advisers_document_only_once_it_was_shown(table: DocumentsTable) -> None:
    booked = await table.books()
    aino, ilmari = await table.customer(booked, comes_in=True), await table.adviser(booked)
    document = (await (await ilmari.hands_in(THREE_PAGES, "tarjous.pdf")).json())["id"]
    before = (await aino.names(), (await aino.page(document, 1)).status)

    await table.is_laid_on_the_table(booked, document)

    assert before == ([], 404)
    assert await aino.names() == ["tarjous.pdf"]
    assert (await aino.page(document, 1)).status == 200


async def test_link_alone_does_not_open_what_the_adviser_has_shown(table: DocumentsTable) -> None:
    booked = await table.books()
    ilmari, who_has_the_link = await table.adviser(booked), await table.customer(booked)
    document = (await (await ilmari.hands_in(THREE_PAGES)).json())["id"]
    await table.is_laid_on_the_table(booked, document)
    assert (await ilmari.page(document, 1)).status == 200  # it is there to be seen

    answer = await who_has_the_link.page(document, 1)

    assert (answer.status, await who_has_the_link.names()) == (404, [])


async def test_coming_in_is_not_enough_where_identification_is_asked(table: DocumentsTable) -> None:
    booked = await table.books(MORTGAGE)
    ilmari, not_identified = await table.adviser(booked), await table.customer(booked, comes_in=True)
    document = (await (await ilmari.hands_in(THREE_PAGES)).json())["id"]
    await table.is_laid_on_the_table(booked, document)

    answer = await not_identified.page(document, 1)

    assert answer.status == 404


async def test_louhi_and_another_customer_see_nothing(table: DocumentsTable) -> None:
    booked = await table.books()
    aino = await table.customer(booked)
    document = (await (await aino.hands_in(THREE_PAGES)).json())["id"]
    assert (await aino.page(document, 1)).status == 200  # it is there to be seen
    louhi = await table.adviser(booked, LOUHI)
    kullervo = await table.customer(await table.books(hours=2), comes_in=True)

    tried = [
        await louhi.get(),
        await louhi.page(document, 1),
        await louhi.hands_in(THREE_PAGES),
        await kullervo.page(document, 1),
        await kullervo.post(f"/{document}/withdraw"),
    ]

    assert [answer.status for answer in tried] == [404] * 5
    assert await kullervo.names() == []


async def test_nobody_signed_in_gets_no_desk(table: DocumentsTable) -> None:
    booked = await table.books()
    stranger = await table.customer(booked)
    stranger.home = f"/desk/appointments/{booked[0].id}/documents"

    assert (await stranger.get()).status == 401
    assert (await stranger.hands_in(THREE_PAGES)).status == 401


@pytest.mark.parametrize(
    ("content", "status", "problem"),
    [
        (b"PK\x03\x04 an archive", 422, "/problems/not-a-document"),
        (papers.locked_pdf("salasana"), 422, "/problems/encrypted"),
        (papers.pdf([b""] * 51), 422, "/problems/too-many-pages"),
        (b"%PDF-" + bytes(20 * 1024 * 1024), 413, "/problems/too-large"),
    ],
)
async def test_refused_file_is_named_and_leaves_nothing(
    table: DocumentsTable, content: bytes, status: int, problem: str
) -> None:
    aino = await table.customer(await table.books())

    answer = await aino.hands_in(content)

    assert (answer.status, (await answer.json())["type"]) == (status, problem)
    assert await aino.names() == []
    assert not list(table.folder.glob("documents/*"))


async def test_upload_without_the_forms_secret_is_refused(table: DocumentsTable) -> None:
    aino = await table.customer(await table.books())
    aino.csrf = "guessed"

    assert (await aino.hands_in(THREE_PAGES)).status == 403


async def test_taken_back_document_is_gone_for_both_and_from_the_disk(table: DocumentsTable) -> None:
    booked = await table.books()
    aino, ilmari = await table.customer(booked), await table.adviser(booked)
    document = (await (await aino.hands_in(THREE_PAGES)).json())["id"]
    assert (await ilmari.post(f"/{document}/withdraw")).status == 404  # not his to take back

    answer = await aino.post(f"/{document}/withdraw")

    assert answer.status == 204
    assert [(await who.page(document, 1)).status for who in (aino, ilmari)] == [404, 404]
    assert not (table.folder / "documents" / document).exists()


@pytest.mark.parametrize("path", ["/not-an-id/pages/1", f"/{'0' * 32}/pages/1", "/x/pages/9999"])
async def test_what_is_not_there_is_not_found(table: DocumentsTable, path: str) -> None:
    aino = await table.customer(await table.books())

    assert (await aino.get(path)).status == 404


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Asiakirjat"), ("sv", "Dokument"), ("en", "Documents")]
)
async def test_page_works_as_a_plain_form_in_each_language(
    table: DocumentsTable, language: str, title: str
) -> None:
    aino = await table.customer(await table.books())
    form = {"csrf": aino.csrf}
    sent = papers.multipart(form, "palkka.pdf", THREE_PAGES)

    answer = await aino.client.post(f"{aino.home}?lang={language}", data=sent, allow_redirects=False)
    shown = await (await aino.client.get(f"{aino.home}?lang={language}")).text()

    assert (answer.status, answer.headers["Location"]) == (303, aino.home)
    assert f"<h1>{title}</h1>" in shown
    assert "palkka.pdf" in shown


async def test_drawing_goes_on_after_a_restart(table: DocumentsTable) -> None:
    booked = await table.books()
    aino = await table.customer(booked)
    document = (await (await aino.hands_in(papers.pdf([papers.words("Hi")] * 12))).json())["id"]
    await table.restarts()
    assert await table.state(document) == "converting"

    answer = await aino.page(document, 12)

    assert answer.status == 200
