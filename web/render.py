"""Templates become pages; who reads stands in a context variable, so that macros need no context."""

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from yarl import URL

from booking.texts import in_language
from web.csrf import csrf_field, csrf_token
from web.format import Reader
from web.i18n import LANGUAGES, NAMES, gettext, language_of, ngettext
from web.keys import ASSETS, SITE, WHO_SEES
from web.policy import Policy
from web.public_site import Site

TEMPLATES = Path(__file__).parent / "templates"
POLICY = web.RequestKey("policy", Policy)
BANNERS: web.RequestKey[Sequence[object]] = web.RequestKey("banners")
SPEAKS_AT: web.RequestKey[str] = web.RequestKey("speaks_at")
"""Where somebody goes who chooses another language, if this page's own address cannot be opened twice."""
"""What stands above everything else on this page."""

SHOWN_AS_DATA = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that would end a script or a line of it; each is looked for by itself, which is ten times as fast."""

_READER: ContextVar[Reader] = ContextVar("reader")


def page(
    request: web.Request,
    name: str,
    status: int = 200,
    *,
    policy: Policy = Policy.PLAIN,
    zone: ZoneInfo | None = None,
    **values: object,
) -> web.Response:
    """Answer with a template of web/templates; it extends page.html and fills `title`, `main`, `scripts`.

    `zone` is whose clock the page goes by, the organisation's when left out.
    """
    request[POLICY] = policy
    language = language_of(request)
    site = request.app[SITE]
    text = render(
        name,
        language,
        zone or site.zone,
        site=site,
        switches=_switches(request, language),
        asset=request.app[ASSETS].address,
        csrf_field=lambda: csrf_field(request),
        csrf_token=lambda: csrf_token(request),
        banners=request.get(BANNERS, ()),
        who_sees=request.get(WHO_SEES, ""),
        **values,
    )
    return web.Response(
        text=text, status=status, content_type="text/html", headers={"Content-Language": language}
    )


def render(name: str, language: str, zone: ZoneInfo, *, site: Site, **values: object) -> str:
    """Fill a template in a language and a zone; also for letters, which know of no request."""
    reader = Reader(language, zone, home=site.zone)
    return filled(_environment.get_template(name), reader, {**values, "site": site})


def filled(template: Template, reader: Reader, values: Mapping[str, object]) -> str:
    before = _READER.set(reader)
    try:
        return template.render(values, lang=reader.language)
    finally:
        _READER.reset(before)


def reader_of(request: web.Request) -> Reader:
    """Return how to write moments for the person who asks."""
    return Reader(language_of(request), request.app[SITE].zone)


def _switches(request: web.Request, current: str) -> list[tuple[str, str, str]]:
    """Make (language, its name, address) for the others; an answer to a POST has no address of its own."""
    here = request.rel_url if request.method == "GET" else request.rel_url.with_path("/").with_query(None)
    if SPEAKS_AT in request:
        here = URL(request[SPEAKS_AT])
    ways = {each: str(here.update_query(lang=each)) for each in LANGUAGES if each != current}
    return [(each, NAMES[each], "/" + way.lstrip("/")) for each, way in ways.items()]  # `//x` leads elsewhere


def _as_data(value: object) -> Markup:
    """Write JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign, told in SHOWN_AS_DATA.items():
        text = text.replace(sign, told)
    return Markup(text)  # noqa: S704


def _is_escaped(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


def made_environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=_is_escaped,  # noqa: S701 - all but .txt
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: gettext(_READER.get().language, message),
        lambda one, many, n: ngettext(_READER.get().language, one, many, n),
        newstyle=True,
    )
    made.filters["as_data"] = _as_data
    made.globals["in_language"] = in_language
    made.globals["named"] = lambda codes: ", ".join(NAMES.get(code, code) for code in codes)
    for name in (
        "date",
        "short_date",
        "time",
        "moment",
        "span",
        "duration",
        "length",
        "number",
        "percent",
        "zone_note",
        "answer",
    ):
        made.globals[f"format_{name}"] = _for_reader(name)
    return made


def _for_reader(name: str) -> object:
    return lambda *values: getattr(_READER.get(), name)(*values)


_environment = made_environment()
