"""Where a booking came from: a tag of few letters that an organisation puts on its links."""

import re

STAFF = "staff"
API = "api"
DROP_IN = "drop-in"
OWN = frozenset({STAFF, API, DROP_IN})
"""What no link may say of itself."""

_TAG = re.compile(r"[a-z0-9-]{1,32}")


def is_tag(text: str) -> bool:
    """Tell whether a link may bear it: a closed pattern, so that no personal data finds its way in."""
    return bool(_TAG.fullmatch(text)) and text not in OWN


def tag_in(text: str) -> str:
    """Return the tag of a link that anybody may have written; empty for what is none."""
    return text if is_tag(text) else ""
