"""Pictures of advisers: taken in, made small away from everything, and shown to whoever books."""

from uuid import UUID, uuid4

from aiohttp import web

from identity.staff import StaffMember
from signalling.documents.errors import ConversionFailed, NotADocument
from web import refusal as edge
from web.body import read_upload
from web.i18n import N_
from web.keys import ADDRESS, BLOBS, PORTRAITS, RATES, UNITS
from web.noting import set_up
from web.pages.ask_first import Question, ask_first
from web.path import path_id
from web.refusal import PageNotFound
from web.subjects import APerson
from web.upload import UploadLimits

MOST_BYTES = 12 * 1024 * 1024
TAKEN_IN_A_MINUTE = 10
"""By one address: each may be seconds of a process."""
BLOB = "photo"
"""The name sets a picture apart from a document's pages, which are not for everybody."""
HEADERS = {
    "Cache-Control": "public, max-age=86400, immutable",
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}
_PDF = b"%PDF-"


class NoPicture(Exception):
    """What came is no picture that we can show."""


async def photo(request: web.Request) -> web.Response:
    """Show a picture to anybody: advisers are introduced before one has an appointment."""
    picture = await request.app[BLOBS].get(path_id(request, "photo_id"), BLOB)
    if picture is None:
        raise PageNotFound
    return web.Response(body=picture, content_type="image/webp", headers=HEADERS)


async def take_photo(request: web.Request, member: StaffMember, staff_id: UUID) -> None:
    """Read an upload and keep it as somebody's picture. Raises NoPicture, and what an upload raises."""
    await request.app[RATES].a_minute(TAKEN_IN_A_MINUTE, "photo", request[ADDRESS])
    try:
        upload = await read_upload(request, UploadLimits(most_bytes=MOST_BYTES))
        with upload.file:
            content = upload.content()
        if content.startswith(_PDF):
            raise NoPicture
        picture = await request.app[PORTRAITS].portrait(content)
    except (edge.TooLarge, NotADocument, ConversionFailed) as refused:
        raise NoPicture from refused
    photo_id = uuid4()
    await request.app[BLOBS].put(photo_id, BLOB, picture)
    await _set(request, member, staff_id, photo_id)


async def drop_photo(request: web.Request, member: StaffMember, staff_id: UUID) -> None:
    await _set(request, member, staff_id, None)


async def photo_asked(
    request: web.Request, member: StaffMember, staff_id: UUID, *, back: str
) -> web.Response:
    """Ask before a picture is taken down."""
    async with request.app[UNITS].read() as unit:
        adviser = await unit.advisers.get(staff_id)
    question = Question(
        title=N_("Take the picture down?"),
        item=adviser.name,
        follows=N_(
            "The picture is deleted. Customers see the initials instead, until another one is put up."
        ),
        yes=N_("Take the picture down"),
        back=back,
        menu="profile" if staff_id == member.id else "people",
    )
    return ask_first(request, member, question)


async def _set(request: web.Request, member: StaffMember, staff_id: UUID, photo_id: UUID | None) -> None:
    """Name the picture, and only then remove the old one: no page ever names one that is not there."""
    before = await set_up(
        request, member, APerson(staff_id), lambda unit: unit.catalogue.picture(staff_id, photo_id)
    )
    if before is not None:
        await request.app[BLOBS].remove_all(before)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/photos/{photo_id}", photo),)
