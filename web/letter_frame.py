"""Letters shown inside a page: in a frame that runs nothing, with no looks but their own."""

import re
from collections.abc import Iterable
from html import unescape

from aiohttp import web

from web.policy import content_security_policy
from web.public_site import Site

STYLES = re.compile(r'style="([^"]*)"')


def allow_frames(answer: web.Response, site: Site, letters: Iterable[str]) -> None:
    """Let a page show these letters (HTML) as `srcdoc`: each of their style attributes by its hash."""
    styles = {unescape(style) for html in letters for style in STYLES.findall(html)}
    answer.headers["Content-Security-Policy"] = content_security_policy(site, styles=styles)
