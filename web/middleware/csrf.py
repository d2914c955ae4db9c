"""Every change needs the secret of our own form, whether or not the handler thinks of it."""

from aiohttp import web
from aiohttp.typedefs import Handler

from web.csrf import FIELD, HEADER, check_csrf
from web.form_text import KIND as FORM
from web.form_text import form_pairs
from web.marks import Mark, has_mark
from web.middleware.fence import is_change
from web.refusal import WrongMediaType
from web.upload import KIND as MULTIPART


@web.middleware
async def csrf(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raises CsrfFailed, WrongMediaType for multipart where none is read, and what reading a form raises."""
    if is_change(request) and not has_mark(request, Mark.NO_CSRF):
        await _check(request)
    return await handler(request)


async def _check(request: web.Request) -> None:
    if request.content_type == MULTIPART and HEADER not in request.headers:
        if not has_mark(request, Mark.UPLOAD):
            raise WrongMediaType
        return  # read_upload looks before it keeps a byte
    token = request.headers.get(HEADER)
    if token is None and request.content_type == FORM:
        token = dict(await form_pairs(request)).get(FIELD)
    check_csrf(request, token)
