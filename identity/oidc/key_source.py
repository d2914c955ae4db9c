"""Where a broker's public keys come from, and by what they are believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StaticKeys:
    """A JWK Set that the broker gave by hand: what was agreed on is all there is."""

    jwks: str


@dataclass(frozen=True, slots=True)
class PlainKeys:
    """A JWK Set that is believed for its address alone: not enough for the Finnish Trust Network."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who signs the broker's keys, as its entity statement says (OpenID Federation 1.0, section 3).

    The statement was either given to us (`statement`), or is fetched from
    `address` and believed only if its SHA-256 is one of `pins`.
    """

    id: str
    statement: str = ""
    address: str = ""
    pins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SignedKeys:
    """A JWK Set that the broker's entity key signs."""

    address: str
    entity: Entity


KeySource = StaticKeys | PlainKeys | SignedKeys
