"""What an organisation and its broker agreed on: the part of a profile that differs by customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from identity.oidc.key_source import KeySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """`keys` are None where the broker's own published ones are right; `domain` is for brokers with many."""

    client_id: str
    is_production: bool
    domain: str = ""
    service_name: str = ""
    keys: KeySource | None = None
    entity_statement: str = ""
    pins: frozenset[str] = frozenset()
    pushes: bool = False
    """Whether requests are handed in beforehand, where the broker takes them so."""
    methods: Mapping[str, str] = field(default_factory=dict)
    """Which methods are allowed, by the broker's word; empty for all that the broker has."""
