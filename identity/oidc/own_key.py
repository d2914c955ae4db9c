"""Our own keys towards brokers: what each is for, how far it has come, and what it may do by then.

made → published → used → retiring → retired. A new signing key is used one
day after it was published, because a broker may keep our key set for so long.
An encryption key is loaded from the moment it is made, and its private half
stays for two days after it was withdrawn: somebody may still encrypt to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from joserfc.jwk import RSAKey

BITS = 3072
CACHED = timedelta(days=1)
"""How long a broker may go by a key set that it has fetched."""
KEPT = timedelta(days=2)
"""How long a key goes on being of use after it was retired: the rest of that day, and a day of margin."""

DecryptionKeys = Mapping[str, RSAKey]


class KeyUse(StrEnum):
    ENTITY = "entity"
    SIGNING = "signing"
    ENCRYPTION = "encryption"

    @property
    def word(self) -> str:
        """Return `use` of RFC 7517."""
        return "enc" if self is KeyUse.ENCRYPTION else "sig"


class KeyState(StrEnum):
    MADE = "made"
    PUBLISHED = "published"
    USED = "used"
    RETIRING = "retiring"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    use: KeyUse
    key: RSAKey = field(repr=False)
    made_at: datetime
    published_at: datetime | None = None
    retired_at: datetime | None = None
    over_at: datetime | None = None
    """When a retired key has ceased to be of any use."""

    @property
    def kid(self) -> str:
        return self.key.thumbprint()

    @property
    def public(self) -> dict[str, object]:
        """Return what others may know of it (RFC 7517)."""
        jwk = self.key.as_dict(private=False)
        alg = {} if self.use is KeyUse.ENCRYPTION else {"alg": "RS256"}
        return {"kty": jwk["kty"], "n": jwk["n"], "e": jwk["e"], "kid": self.kid, "use": self.use.word, **alg}

    def is_over(self, now: datetime) -> bool:
        return self.over_at is not None and now >= self.over_at

    def is_current(self, now: datetime) -> bool:
        """Tell whether it is published, and nobody wants to be rid of it."""
        return self.published_at is not None and self.retired_at is None

    def is_published(self, now: datetime) -> bool:
        """Tell whether others see it: what signs is shown on while it retires, what decrypts is not."""
        if self.use is KeyUse.ENCRYPTION:
            return self.is_current(now)
        return self.published_at is not None and not self.is_over(now)

    def is_known(self, now: datetime) -> bool:
        """Tell whether every broker must have seen it by now."""
        return self.published_at is not None and now >= self.published_at + CACHED


def made_key(use: KeyUse, *, now: datetime, bits: int = BITS) -> OwnKey:
    """Make one whose id can be typed: a command would take a dash at its beginning for an option."""
    key = RSAKey.generate_key(bits, auto_kid=False)
    while key.thumbprint().startswith("-"):
        key = RSAKey.generate_key(bits, auto_kid=False)
    return OwnKey(use=use, key=key, made_at=now)


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """All of them, and which one does what at a moment."""

    keys: tuple[OwnKey, ...] = ()

    def of(self, use: KeyUse) -> tuple[OwnKey, ...]:
        """Return those for one use, the oldest first."""
        return tuple(sorted((key for key in self.keys if key.use is use), key=lambda key: key.made_at))

    def published(self, *uses: KeyUse, now: datetime) -> list[dict[str, object]]:
        return [key.public for use in uses for key in self.of(use) if key.is_published(now)]

    def used(self, use: KeyUse, *, now: datetime) -> OwnKey | None:
        """Return the key that signs, or to which others encrypt.

        For requests it is the newest that every broker knows, or else the
        oldest; the entity's is the oldest, because brokers take up a new one by hand.
        """
        current = [key for key in self.of(use) if key.is_current(now)]
        current.sort(key=_published_at)
        known = [key for key in current if key.is_known(now)]
        if use is KeyUse.SIGNING and known:
            return known[-1]
        return (current[-1] if use is KeyUse.ENCRYPTION else current[0]) if current else None

    def decrypting(self, *, now: datetime) -> DecryptionKeys:
        """Return every private key that somebody may have encrypted to."""
        return {key.kid: key.key for key in self.of(KeyUse.ENCRYPTION) if not key.is_over(now)}

    def state(self, key: OwnKey, *, now: datetime) -> KeyState:
        if key.retired_at is not None:
            return KeyState.RETIRED if key.is_over(now) else KeyState.RETIRING
        if key.published_at is None:
            return KeyState.MADE
        return KeyState.USED if key == self.used(key.use, now=now) else KeyState.PUBLISHED

    def find(self, beginning: str) -> Iterable[OwnKey]:
        return [key for key in self.keys if key.kid.startswith(beginning)]


def _published_at(key: OwnKey) -> datetime:
    return key.published_at or key.made_at
