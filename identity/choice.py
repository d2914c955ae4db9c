"""The banks that a provider lets people choose from before they leave our page."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """`name` is the provider's word for it, which comes back as `trip.method`."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`said` are sentences that the provider must have shown beside the choice, and `link` its own page."""

    methods: Sequence[Method] = ()
    said: Sequence[str] = ()
    link_title: str = ""
    link: str = ""
