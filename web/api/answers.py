"""Write a model as the body of an answer."""

from aiohttp import web
from pydantic import BaseModel

JSON = "application/json"


def told(model: BaseModel, status: int = 200, *, without_none: bool = False) -> web.Response:
    text = model.model_dump_json(exclude_none=without_none)
    return web.Response(text=text, status=status, content_type=JSON)
