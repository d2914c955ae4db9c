"""What a provider is known not to do just now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Shown before the choice, in the reader's language: plain text, as the provider wrote it."""

    title: str
    text: str
