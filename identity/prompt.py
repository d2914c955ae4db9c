"""What a prompting provider asks, shows and waits for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from identity.login_attempt import LoginAttempt


class Kind(StrEnum):
    """How a question is asked on the page: which keyboard, and what the browser may fill in."""

    PHONE = "phone"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of the form before a prompt; its texts are in the reader's language.

    `refusal` stands beside the field when the answer will not do.
    """

    name: str
    label: str
    help: str
    refusal: str
    kind: Kind
    is_required: bool
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something was sent to another device.

    `event_id` stands on both screens for the person to compare; `memo` is what
    `poll` needs, sealed by us while it waits; nobody asks before `ask_again_at`.
    """

    event_id: str
    memo: bytes = field(repr=False)
    ask_again_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """The person has not answered yet."""

    ask_again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompted:
    """A prompt under way for an attempt; `missed` counts how often in a row nobody answered our question."""

    attempt: LoginAttempt
    prompt: Prompt
    missed: int = 0

    @property
    def is_silent(self) -> bool:
        """Tell whether the provider did not answer when it was last asked."""
        return self.missed > 0
