"""What schemathesis cannot know of our API: an Idempotency-Key is good for one call."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import schemathesis

KEY = "Idempotency-Key"
LONGEST = 255
LONGEST_QUERY = 2000
"""As much as surely fits into a request's line; what does not fit is refused before it is a call."""


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Give each call that bears a good key one of its own; a bad one stays bad."""
    del context, kwargs
    given = (case.headers or {}).get(KEY)
    if isinstance(given, str) and 0 < len(given) <= LONGEST:
        case.headers[KEY] = f"{uuid4()} {given}"[:LONGEST].strip()


@schemathesis.hook
def filter_query(context: Any, query: Any) -> bool:
    del context
    return len(urlencode(query or {}, doseq=True)) <= LONGEST_QUERY
