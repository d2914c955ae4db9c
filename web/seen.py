"""What a form showed, in a word: whoever changes what has changed since is told, and overwrites nothing."""

import json
from hashlib import sha256

from web.refusal import ChangedMeanwhile


def fingerprint(values: object) -> str:
    """Return a short word for plain values, to travel in a form's hidden field `seen`."""
    text = json.dumps(values, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:24]


def require_seen(seen: str, values: object) -> None:
    """Raise ChangedMeanwhile unless the values are still those that the form showed."""
    if seen != fingerprint(values):
        raise ChangedMeanwhile
