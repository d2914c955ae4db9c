"""The pairs of a plain form (application/x-www-form-urlencoded), strictly."""

from urllib.parse import parse_qsl

from aiohttp import web

from web.json_text import check_text
from web.receive import check_kind, received
from web.refusal import BadBody

MOST_BYTES = 64 * 1024
MOST_FIELDS = 200
KIND = "application/x-www-form-urlencoded"

_PAIRS: web.RequestKey[list[tuple[str, str]]] = web.RequestKey("form_pairs", list)


async def form_pairs(request: web.Request) -> list[tuple[str, str]]:
    """Return names and values in order; read once, since CSRF check and handler both ask.

    Raises WrongMediaType, TooLarge, TooSlow and BadBody.
    """
    if _PAIRS not in request:
        check_kind(request, KIND)
        request[_PAIRS] = parse_form(await received(request, MOST_BYTES))
    return request[_PAIRS]


def parse_form(content: bytes) -> list[tuple[str, str]]:
    """Return names and values in order. Raises BadBody."""
    try:
        pairs = parse_qsl(
            content.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(content),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as wrong:
        raise BadBody("form") from wrong
    for name, value in pairs:
        check_text(name)
        check_text(value)
    return pairs
