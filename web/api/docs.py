"""The API as a page to read: the same description, without a script."""

import json
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from web.api.openapi import CALLS, description
from web.i18n import gettext, language_of
from web.keys import SITE
from web.render import page


async def docs(request: web.Request) -> web.Response:
    language = language_of(request)
    schemas = description(request.app[SITE].public_url)["components"]["schemas"]
    calls = [
        {
            "call": call,
            "summary": gettext(language, call.summary),
            "anchor": f"{call.method.lower()}-{call.handler.__name__}",
            "body": _shape(call.body, schemas),
            "query": _shape(call.query, schemas),
            "answer": _shape(call.answer, schemas),
        }
        for call in CALLS
    ]
    return page(request, "api/docs.html", calls=calls, public_url=request.app[SITE].public_url)


def _shape(model: type[BaseModel] | None, schemas: dict[str, Any]) -> str:
    """Write the shape of a model as an example in JSON; empty for none, or one without fields."""
    if model is None or not model.model_fields:
        return ""
    return json.dumps(_example(schemas[model.__name__], schemas), indent=2, ensure_ascii=False)


def _example(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Make a value that tells what stands there: `"date-time"`, `"a | b"`, `0`."""
    if "$ref" in schema:
        return _example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], schemas)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {name: _example(inner, schemas) for name, inner in schema["properties"].items()}
        case "object":
            return {}
        case "array":
            return [_example(schema["items"], schemas)]
        case "integer" | "number":
            return 0
        case "boolean":
            return False
    return schema.get("format") or "text"


ROUTES: tuple[web.RouteDef, ...] = (web.get("/api/v1/docs", docs),)
