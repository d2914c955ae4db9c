"""The page that lies on the table, for a guest who sits there: an interpreter reads what is spoken of."""

from aiohttp import web

from signalling.documents.errors import DocumentNotFound
from signalling.documents.open import open_page
from signalling.participant import Role
from web.document_drawing import DRAWING
from web.keys import SWITCHBOARD, UNITS
from web.pages.called_guest import invited
from web.pages.documents import PICTURE_HEADERS
from web.path import path_id


async def shown_page(request: web.Request) -> web.Response:
    """Hand out the page that is shown now. Raises NotFound and DocumentNotFound for whatever else."""
    guest, _ = await invited(request)
    document_id, number = path_id(request, "document_id"), int(request.match_info["page"])
    if not request.app[SWITCHBOARD].looks_at(guest.appointment_id, guest.id, document_id, number):
        raise DocumentNotFound
    async with request.app[UNITS].read() as unit:
        document = await open_page(
            unit,
            document_id,
            number,
            Role(guest.role),
            appointment_id=guest.appointment_id,
            has_come_in=True,
        )
    picture = await request.app[DRAWING].page(document, number)
    headers = PICTURE_HEADERS | {"Cache-Control": "no-store"}
    return web.Response(body=picture, content_type="image/webp", headers=headers)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/g/{guest_token}/documents/{document_id}/pages/{page:[0-9]{1,3}}", shown_page),
)
