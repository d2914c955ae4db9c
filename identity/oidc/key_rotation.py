"""How our keys change without anybody being turned away: which may be published or retired, and when."""

from dataclasses import replace
from datetime import datetime, timedelta

from identity.oidc.own_key import CACHED, KEPT, KeyUse, OwnKey, OwnKeys

LOADED = timedelta(minutes=5)
"""By then every process of ours has loaded a new key."""


class CannotYet(Exception):
    """The rules forbid it; the text says why. `at` is from when on they do not, where that is known."""

    def __init__(self, why: str, at: datetime | None = None) -> None:
        super().__init__(why)
        self.at = at


def publish(keys: OwnKeys, key: OwnKey, *, now: datetime, in_haste: bool = False) -> OwnKey:
    """Show a key to brokers. Raises CannotYet.

    One that opens must be loaded everywhere before anybody can encrypt to it;
    the very first needs no waiting, since no broker knows us yet.
    """
    if key.published_at is not None or key.retired_at is not None:
        raise CannotYet("it has been published already")
    others = any(each.published_at is not None for each in keys.of(key.use))
    loaded_at = key.made_at + LOADED
    if key.use is KeyUse.ENCRYPTION and others and now < loaded_at and not in_haste:
        raise CannotYet("not every process can open by it yet", loaded_at)
    return replace(key, published_at=now)


def retire(keys: OwnKeys, key: OwnKey, *, now: datetime, in_haste: bool = False) -> OwnKey:
    """Put a key out of use: it fades over a day or two, or at once in haste. Raises CannotYet."""
    if key.retired_at is not None:
        raise CannotYet("it has been retired already")
    if key.published_at is None:
        return replace(key, retired_at=now, over_at=now)
    successor = _successor(keys, key, now=now)
    if successor is None:
        raise CannotYet(f"it is the only published {key.use} key: make another and publish it first")
    if key.use is not KeyUse.ENCRYPTION and not successor.is_known(now) and not in_haste:
        known_at = (successor.published_at or now) + CACHED
        raise CannotYet("brokers may not know the one that follows it yet", known_at)
    fades = KEPT if key.use is KeyUse.ENCRYPTION else CACHED
    return replace(key, retired_at=now, over_at=now if in_haste else now + fades)


def _successor(keys: OwnKeys, key: OwnKey, *, now: datetime) -> OwnKey | None:
    """Return the one that brokers have known for the longest."""
    others = [each for each in keys.of(key.use) if each != key and each.is_current(now)]
    return min(others, key=lambda each: each.published_at or now, default=None)
