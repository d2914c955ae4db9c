"""Documents of an appointment: hand in, list, look at, take back; the same for both sides of the table."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from aiohttp import web

from booking.errors import WrongStatus
from identity.look import Thing
from signalling.assurance import Level
from signalling.documents.document import (
    MOST_BYTES,
    ORIGINAL,
    Document,
    State,
    page_blob,
    require_document,
)
from signalling.documents.errors import DocumentNotFound, DocumentRefused, TooLarge
from signalling.documents.open import on_the_table, open_page
from signalling.documents.share import Paper, hand_in, require_room, withdraw
from signalling.participant import Role
from web import refusal as edge
from web.body import Nothing, read_form, read_upload
from web.document_drawing import DRAWING
from web.keys import ADDRESS, BLOBS, CLOCK, CONVERTER, RATES, UNITS
from web.looking import looks_at
from web.marks import Mark, marked
from web.moments import moment_json
from web.pages.document_seat import Seat, seat_of
from web.problems import wants_problem
from web.render import page
from web.upload import UploadLimits

HANDED_IN_A_MINUTE = 40
"""By one address: each may be 20 MB in memory and seconds of a process."""

PICTURE_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}


@looks_at(Thing.APPOINTMENT)
async def documents(request: web.Request) -> web.Response:
    """A page that works without JavaScript, and the same list as JSON for the meeting."""
    seat = await seat_of(request)
    async with request.app[UNITS].read() as unit:
        found = await on_the_table(
            unit, seat.appointment.id, seat.role, has_come_in=seat.has_come_in, level=seat.level
        )
    if wants_problem(request):
        return _not_kept(web.json_response({"documents": [_json(seat, document) for document in found]}))
    return _not_kept(_list_page(request, seat, found))


@marked(Mark.UPLOAD)
async def hand_in_document(request: web.Request) -> web.Response:
    """Take a file, draw its first page, and only then lay it on the table; the rest is drawn meanwhile."""
    seat = await seat_of(request)
    if not seat.appointment.is_live:
        raise WrongStatus(seat.appointment.status)
    await request.app[RATES].a_minute(HANDED_IN_A_MINUTE, "document", request[ADDRESS])
    name, content = await _received(request)
    async with request.app[UNITS].read() as unit:
        await require_room(unit, seat.appointment.id)
    document = await _laid_on_table(request, seat, name, content)
    if wants_problem(request):
        return web.json_response(_json(seat, document), status=201)
    raise web.HTTPSeeOther(seat.home)


@looks_at(Thing.DOCUMENT)
async def document_page(request: web.Request) -> web.Response:
    seat = await seat_of(request)
    number = int(request.match_info["page"])
    async with request.app[UNITS].read() as unit:
        document = await open_page(
            unit,
            _document_id(request),
            number,
            seat.role,
            appointment_id=seat.appointment.id,
            has_come_in=seat.has_come_in,
            level=seat.level,
        )
    picture = await request.app[DRAWING].page(document, number)
    kept = {} if document.lock is Level.NONE else {"Cache-Control": "no-store"}
    return web.Response(body=picture, content_type="image/webp", headers=PICTURE_HEADERS | kept)


async def withdraw_document(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    seat = await seat_of(request)
    async with request.app[UNITS].write() as unit:
        document = await withdraw(unit, _document_id(request), seat.role, appointment_id=seat.appointment.id)
    await request.app[DRAWING].drop(document.id)
    if wants_problem(request):
        return web.Response(status=204)
    raise web.HTTPSeeOther(seat.home)


async def _received(request: web.Request) -> tuple[str, bytes]:
    try:
        upload = await read_upload(request, UploadLimits(most_bytes=MOST_BYTES))
    except edge.TooLarge as large:
        raise TooLarge(MOST_BYTES) from large
    with upload.file:
        content = upload.content()
    require_document(content)
    return upload.name, content


async def _laid_on_table(request: web.Request, seat: Seat, name: str, content: bytes) -> Document:
    """Files first, the row last: a crash in between leaves files that nobody finds, not a row without."""
    opened = await request.app[CONVERTER].open(content)
    paper = Paper(
        id=uuid4(),
        appointment_id=seat.appointment.id,
        by=seat.role,
        name=name,
        pages=opened.pages,
        size_bytes=len(content),
    )
    blobs = request.app[BLOBS]
    await blobs.put(paper.id, page_blob(1), opened.first_page)
    if opened.pages > 1:
        await blobs.put(paper.id, ORIGINAL, content)
    try:
        async with request.app[UNITS].write() as unit:
            document = await hand_in(unit, paper, now=request.app[CLOCK]())
    except DocumentRefused:
        await blobs.remove_all(paper.id)
        raise
    if document.state is State.CONVERTING:
        request.app[DRAWING].begin(document)
    return document


def _list_page(request: web.Request, seat: Seat, found: Sequence[Document]) -> web.Response:
    is_desk = seat.role is Role.ADVISER
    return page(
        request,
        "documents/documents.html",
        documents=found,
        home=seat.home,
        role=seat.role.value,
        can_hand_in=seat.appointment.is_live,
        back=f"/desk/appointments/{seat.appointment.id}/meeting" if is_desk else seat.home.rpartition("/")[0],
    )


def _json(seat: Seat, document: Document) -> dict[str, object]:
    return {
        "id": str(document.id),
        "name": document.name,
        "pages": document.pages,
        "by": document.by.value,
        "is_mine": document.by is seat.role,
        "lock": document.lock.value,
        "is_shown": document.shown_at is not None,
        "state": document.state.value,
        "size_bytes": document.size_bytes,
        "handed_in_at": moment_json(document.handed_in_at),
        "address": f"{seat.home}/{document.id}",
    }


def _not_kept(answer: web.Response) -> web.Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _document_id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["document_id"])
    except ValueError as wrong:
        raise DocumentNotFound from wrong


_HOMES = ("/a/{token}/documents", "/desk/appointments/{appointment_id}/documents")

ROUTES: tuple[web.RouteDef, ...] = tuple(
    route
    for home in _HOMES
    for route in (
        web.get(home, documents),
        web.post(home, hand_in_document),
        web.get(f"{home}/{{document_id}}/pages/{{page:[0-9]{{1,3}}}}", document_page),
        web.post(f"{home}/{{document_id}}/withdraw", withdraw_document),
    )
)
