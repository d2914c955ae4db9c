"""No answer that shows a customer's data leaves before the access log has it: no log, no look."""

from http import HTTPStatus

from aiohttp import web
from aiohttp.hdrs import METH_HEAD
from aiohttp.typedefs import Handler

from web.looking import write_looks


@web.middleware
async def looks(request: web.Request, handler: Handler) -> web.StreamResponse:
    answer = await handler(request)
    if answer.status == HTTPStatus.OK and request.method != METH_HEAD:
        await write_looks(request)
    return answer
