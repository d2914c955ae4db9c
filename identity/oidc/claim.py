"""One claim of a verified token, by its type."""

from collections.abc import Mapping

from identity.errors import AssertionRefused

LONGEST = 512
LATEST = 1e12  # seconds; NaN and what no float holds are not below it


def text(claims: Mapping[str, object], name: str, *, longest: int = LONGEST) -> str:
    """Raises AssertionRefused by the claim's name."""
    value = claims.get(name)
    is_text = isinstance(value, str) and value.strip() and len(value) <= longest and value.isprintable()
    if not isinstance(value, str) or not is_text:
        raise AssertionRefused(name)
    return value


def number(claims: Mapping[str, object], name: str) -> float:
    """Raises AssertionRefused by the claim's name."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LATEST:
        raise AssertionRefused(name)
    return value
