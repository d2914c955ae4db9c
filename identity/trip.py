"""One way to a provider and back, as the provider sees it."""

from dataclasses import dataclass
from datetime import datetime

from identity.assurance import Assurance
from identity.login_attempt import LoginAttempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """The attempt with its secrets, where the browser returns to, and what is asked for.

    `return_to` is an address of ours, the same at the beginning and at the
    end; `language` is `fi`, `sv` or `en`. `method` is the bank that was chosen
    beforehand, where the provider offers a choice; it is known at the beginning alone.
    """

    attempt: LoginAttempt
    return_to: str
    language: str
    asked: Assurance
    now: datetime
    method: str = ""
