"""How a refusal is told: as a problem (RFC 9457) to programs, as a page to people."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, what happened, and what to do now; both texts are message ids."""

    status: int
    title: str
    advice: str


def problem_type(refusal: type[BaseException]) -> str:
    """Return the stable name of a refusal: `SlotTaken` → `/problems/slot-taken`."""
    return "/problems/" + re.sub(r"(?<!^)(?=[A-Z])", "-", refusal.__name__).lower()
