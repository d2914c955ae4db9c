"""The contract of an identity provider: the way in for banks, brokers and wallets.

A plug-in is an entry point of the group `kohtaamo.identity` that names a
factory `create(context: ProviderContext) -> IdentityProvider`. It imports
this module, the values that it speaks of (assurance, identification,
login_attempt, personal_code), errors, and the code flow in identity.oidc;
nothing else of ours. `tests/identity/provider_contract.py` is what it must pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from identity.assurance import Assurance
from identity.identification import Identified
from identity.login_attempt import LoginAttempt
from identity.personal_code import SubjectKeys

ENTRY_POINTS = "kohtaamo.identity"


class FetchFailed(Exception):
    """The other side was not reached (no status), or answered with one that is not 200."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(status)
        self.status = status


class Fetch(Protocol):
    async def __call__(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        """POST a form, or GET when there is none, and return the body of a 200.

        Follows no redirect, verifies TLS, ends after 10 s, takes 256 KiB at
        most. Raises FetchFailed.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderContext:
    """What a provider is given at the start.

    `public_url` is how browsers reach us, without a slash at the end;
    `back_channel_url` is how this server reaches itself, which only the demo
    bank needs.
    """

    public_url: str
    back_channel_url: str
    is_production: bool
    subject_keys: SubjectKeys
    fetch: Fetch


class IdentityProvider(Protocol):
    """Knows who somebody is. It keeps nothing about them: what it needs comes back in the attempt."""

    @property
    def name(self) -> str:
        """Lower-case letters, digits and hyphens: it stands in addresses and settings."""
        ...

    @property
    def assurance(self) -> Assurance:
        """The lowest level that `complete` lets pass."""
        ...

    @property
    def is_demo(self) -> bool: ...

    def title(self, language: str) -> str:
        """Return what the button says, in `fi`, `sv` or `en`."""
        ...

    def begin(self, attempt: LoginAttempt, *, return_to: str, language: str) -> str:
        """Return the address to which to send the browser; it tells nothing about the person."""
        ...

    async def complete(
        self, query: Mapping[str, str], attempt: LoginAttempt, *, return_to: str, now: datetime
    ) -> Identified:
        """Judge what the browser brought back to `return_to`, the same address as in `begin`.

        Called once for an attempt, outside a unit. Raises one of the family
        IdentificationFailed and nothing else.
        """
        ...
