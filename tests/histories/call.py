"""A call of the API as its client saw it: what was asked and when, what was answered and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`subject` is the appointment's or the hold's id; a booking's and a hold's are in the answer.

    `status` is 0 where no answer came: it may have been done, or not, at any time since it was sent.
    """

    kind: str
    sent: float
    subject: str = ""
    sends: Mapping[str, Any] = field(default_factory=dict)
    answered: float = inf
    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_unknown(self) -> bool:
        return self.status == 0

    @property
    def about(self) -> str:
        """Return the id of what it is about, as far as anybody knows."""
        return self.subject or str(self.body.get("id", ""))

    @property
    def refusal(self) -> str:
        """Return the refusal's name; empty where there was none."""
        return str(self.body.get("type", "")).rpartition("/")[2] if self.status >= 400 else ""

    def could_be_at(self, moment: float) -> bool:
        return self.sent <= moment <= self.answered
