"""The one way in for what a browser or a program sends: no handler reads a body or a query by itself.

Broken → 400, too large → 413, too slow → 408, of another kind → 415, a wrong field → 422 without echo.
"""

from typing import Any, TypeVar, get_origin

from aiohttp import web
from pydantic import BaseModel, ValidationError

from web.csrf import FIELD
from web.form_text import form_pairs
from web.json_text import check_text, parse_json_object
from web.receive import check_kind, received
from web.refusal import BadBody, Invalid
from web.upload import Upload, UploadLimits, receive_upload

MOST_JSON_BYTES = 64 * 1024

ModelT = TypeVar("ModelT", bound=BaseModel)


class Nothing(BaseModel):
    """A form of one button, or a body that says no more than its address."""


async def read_json(request: web.Request, model: type[ModelT]) -> ModelT:
    """Return the body's object as a model; an empty body is an empty object."""
    content = await received(request, MOST_JSON_BYTES)
    if not content:
        return validated(model, {})
    check_kind(request, "application/json")
    return validated(model, parse_json_object(content))


async def read_json_bytes(request: web.Request) -> bytes:
    """Return the body as it came, for who must compare it byte by byte (Idempotency-Key)."""
    return await received(request, MOST_JSON_BYTES)


async def read_soap(request: web.Request) -> bytes:
    """Return a SOAP message as it came, for who reads it without believing it."""
    check_kind(request, "application/soap+xml")
    return await received(request, MOST_JSON_BYTES)


async def read_form(request: web.Request, model: type[ModelT]) -> ModelT:
    """Return the form as a model. To show it again with its errors, use `web.forms.submitted` instead."""
    pairs = [pair for pair in await form_pairs(request) if pair[0] != FIELD]
    return validated(model, grouped(pairs, model))


async def read_upload(request: web.Request, limits: UploadLimits) -> Upload:
    """Return the one file of a multipart form. The handler bears `@marked(Mark.UPLOAD)`."""
    return await receive_upload(request, limits)


def read_query(request: web.Request, model: type[ModelT]) -> ModelT:
    """Return what stands behind the question mark as a model; `lang` belongs to every page."""
    pairs = [(name, value) for name, value in request.query.items() if name != "lang"]
    for pair in pairs:
        check_text("".join(pair))
    return validated(model, grouped(pairs, model))


def grouped(pairs: list[tuple[str, str]], model: type[BaseModel]) -> dict[str, Any]:
    """Make a model's input: a list where it asks for one, else the stripped text. Raises BadBody for two."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if _is_many(model, name):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise BadBody("field twice")
        else:
            values[name] = value.strip()
    return values


def validated(model: type[ModelT], values: dict[str, Any]) -> ModelT:
    """Raises Invalid, which tells fields and kinds of error and never what was sent."""
    try:
        return model.model_validate(values)
    except ValidationError as wrong:
        raise Invalid(errors_of(wrong)) from None


def errors_of(wrong: ValidationError) -> dict[str, str]:
    """Return field → kind, the first of each; `""` stands for the whole."""
    found: dict[str, str] = {}
    for error in wrong.errors(include_url=False, include_context=False, include_input=False):
        found.setdefault(".".join(str(step) for step in error["loc"]), error["type"])
    return found


def _is_many(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and get_origin(field.annotation) in (list, tuple)
