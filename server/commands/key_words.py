"""What `kohtaamo keys` says: how far each key has come, and what an operator does next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from identity.oidc.own_key import CACHED, KeyState, KeyUse, OwnKey, OwnKeys

OLD = timedelta(days=365)
NEXT = "Next: "


def table(keys: OwnKeys, *, now: datetime) -> Sequence[str]:
    if not keys.keys:
        return ["There are no keys yet."]
    listed = sorted(keys.keys, key=lambda key: (list(KeyUse).index(key.use), key.made_at))
    return [_line(keys, key, now=now) for key in listed]


def next_step(keys: OwnKeys, *, now: datetime) -> str:
    """Return the one thing to do now, in words that can be typed."""
    missing = [use for use in KeyUse if not keys.of(use)]
    if missing:
        return f"{NEXT}`kohtaamo keys make`, then give brokers what README.md of the identity room says."
    made = [key for key in keys.keys if keys.state(key, now=now) is KeyState.MADE]
    if made:
        return f"{NEXT}`kohtaamo keys publish {_typed(made[0])}`, when every process has loaded it."
    for use in KeyUse:
        step = _step(keys, use, now=now)
        if step:
            return step
    return "Nothing to do."


def _step(keys: OwnKeys, use: KeyUse, *, now: datetime) -> str:
    current = [key for key in keys.of(use) if key.is_current(now)]
    if len(current) > 1:
        return _succession(use, current, now=now)
    if current and now >= current[0].made_at + OLD:
        return f"{NEXT}the {use} key is a year old; `kohtaamo keys make {use}` begins its succession."
    return ""


def _succession(use: KeyUse, current: Sequence[OwnKey], *, now: datetime) -> str:
    old, new = current[0], current[-1]
    known_at = (new.published_at or now) + CACHED
    if use is KeyUse.SIGNING and now < known_at:
        return f"Wait: brokers know the new signing key from {known_at:%Y-%m-%d %H:%M} UTC on."
    if use is KeyUse.ENTITY:
        return (
            f"{NEXT}send every broker the new entity statement; when all have taken {new.kid[:8]} up, "
            f"`kohtaamo keys retire {_typed(old)}`."
        )
    return f"{NEXT}`kohtaamo keys retire {_typed(old)}`."


def _typed(key: OwnKey) -> str:
    """Return as much of a key's name as is typed; one that begins with a hyphen is no option."""
    beginning = key.kid[:8]
    return f"-- {beginning}" if beginning.startswith("-") else beginning


def _line(keys: OwnKeys, key: OwnKey, *, now: datetime) -> str:
    state = keys.state(key, now=now)
    since = {
        KeyState.MADE: key.made_at,
        KeyState.PUBLISHED: key.published_at,
        KeyState.USED: key.published_at,
        KeyState.RETIRING: key.over_at,
        KeyState.RETIRED: key.over_at,
    }[state]
    word = "until" if state in (KeyState.RETIRING, KeyState.RETIRED) else "since"
    return f"{key.use:<11} {key.kid}  {state:<9} {word} {since:%Y-%m-%d %H:%M} UTC"
