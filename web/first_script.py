"""The one script that stands in a page itself, since a meeting waits for it, and what allows it there."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from web.static import STATIC

FIRST = Markup((STATIC / "js/meeting/first.js").read_text())  # noqa: S704 (our own file)
FIRST_HASH = f"'sha256-{b64encode(sha256(FIRST.encode()).digest()).decode()}'"
"""A source of `script-src` (CSP 3, 2.3.1)."""
