"""The address that a mail server returns a letter to: it names the letter, and only we can write it."""

import hmac
import re
from dataclasses import dataclass, field
from uuid import UUID

CHECK_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """Addresses of the form `bounces+<letter>-<check>@example.org`, in the mailbox that the settings name.

    The check is made with a key of the installation, so that nobody can return a letter they never got.
    """

    mailbox: str
    key: bytes = field(repr=False)

    def of(self, letter_id: UUID) -> str:
        local, _, host = self.mailbox.partition("@")
        return f"{local}+{letter_id.hex}-{self._check(letter_id)}@{host}"

    def of_message(self, message_id: str) -> str | None:
        """Return the address for a Message-ID, or None when it is no letter's of the outbox."""
        try:
            return self.of(UUID(message_id.strip("<>").partition("@")[0]))
        except ValueError:
            return None

    def letter_of(self, address: str) -> UUID | None:
        """Return the letter that an address names, or None when the address is not ours."""
        local, _, host = self.mailbox.lower().partition("@")
        form = rf"{re.escape(local)}\+([0-9a-f]{{32}})-([0-9a-f]{{{CHECK_CHARACTERS}}})@{re.escape(host)}"
        parts = re.fullmatch(form, address.strip().lower())
        if parts is None:
            return None
        letter_id = UUID(parts[1])
        return letter_id if hmac.compare_digest(parts[2], self._check(letter_id)) else None

    def _check(self, letter_id: UUID) -> str:
        return hmac.digest(self.key, letter_id.bytes, "sha256").hex()[:CHECK_CHARACTERS]
