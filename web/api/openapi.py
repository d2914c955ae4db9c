"""The description of the API (OpenAPI 3.1), made from the calls and their models."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api import appointments, changes, figures, holds, offerings, refill
from web.api.call import Call
from web.api.models import Problem
from web.keys import SITE

CALLS: tuple[Call, ...] = (
    *offerings.CALLS,
    *holds.CALLS,
    *appointments.CALLS,
    *changes.CALLS,
    *figures.CALLS,
    *refill.CALLS,
)
REFERENCE = "#/components/schemas/{model}"

ALWAYS = (
    (400, "bad-body"),
    (401, "key-needed"),
    (403, "scope-missing"),
    (429, "too-many-requests"),
    (503, "contended, took-too-long"),
)
WITH_BODY = (
    (408, "too-slow"),
    (409, "still-under-way"),
    (413, "too-large"),
    (415, "wrong-media-type"),
    (422, "invalid, idempotency-key-reused"),
)
RETRY_AFTER = {"Retry-After": {"description": "In so many seconds.", "schema": {"type": "integer"}}}
AGAIN_LATER = frozenset({429, 503})
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Kept 24 h: the same key and body give the same answer, another body 422, under way 409.",
}


async def openapi(request: web.Request) -> web.Response:
    return web.json_response(description(request.app[SITE].public_url))


@cache
def description(public_url: str) -> dict[str, Any]:
    """Return the whole, made once: anybody may ask for it. Not to be changed by who reads it."""
    schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kohtaamo", "version": "1", "license": {"name": "See the organisation's terms"}},
        "servers": [{"url": public_url}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
        },
    }


def _schemas() -> dict[str, Any]:
    """Return every model once, by its name."""
    bodies: set[type[BaseModel]] = {call.body for call in CALLS if call.body}
    queries: set[type[BaseModel]] = {call.query for call in CALLS if call.query}
    answers: set[type[BaseModel]] = {call.answer for call in CALLS} | {Problem}
    asked = [(model, "validation") for model in _by_name(bodies | queries)]
    told = [(model, "serialization") for model in _by_name(answers)]
    _, found = models_json_schema([*asked, *told], ref_template=REFERENCE)  # type: ignore[list-item]
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _by_name(models: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(models, key=lambda model: model.__name__)


def _operation(call: Call, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{call.method.lower()}_{call.handler.__name__}",
        "summary": call.summary,
        "description": f"Scope: `{call.scope}`.",
        "parameters": list(_parameters(call, schemas)),
        "responses": _responses(call),
    }
    if call.body:
        operation["requestBody"] = {"required": _must_say_something(call.body), "content": _json(call.body)}
    return operation


def _must_say_something(body: type[BaseModel]) -> bool:
    return any(field.is_required() for field in body.model_fields.values())


def _parameters(call: Call, schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in call.path.split("/"):
        if part.startswith("{"):
            schema = {"type": "string", "format": "uuid"}
            yield {"name": part.strip("{}"), "in": "path", "required": True, "schema": schema}
    properties = schemas[call.query.__name__].get("properties", {}) if call.query else {}
    for name, schema in properties.items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}
    if call.method == "POST":
        yield IDEMPOTENCY


def _responses(call: Call) -> dict[str, Any]:
    refusals: dict[int, str] = {}
    for status, names in (*ALWAYS, *(WITH_BODY if call.body else ()), *call.refusals):
        refusals[status] = f"{refusals[status]}, {names}" if status in refusals else names
    problem = {"application/problem+json": {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
    told = {
        str(status): {"description": names, "content": problem}
        | ({"headers": RETRY_AFTER} if status in AGAIN_LATER else {})
        for status, names in sorted(refusals.items())
    }
    return {str(call.status): {"description": "Done", "content": _json(call.answer)}, **told}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}}


ROUTES: tuple[web.RouteDef, ...] = (web.get("/api/v1/openapi.json", openapi),)
