"""What stands behind a personal link, shown so that its owner knows it again and nobody else learns it."""

import re

DOTS = "•••"
FEW = "••"
SHOWN_DIGITS = 4


def masked_email(email: str) -> str:
    """`aino@example.fi` becomes `a•••@e•••.fi`; what is no address becomes dots alone."""
    local, at, domain = email.rpartition("@")
    host, dot, land = domain.rpartition(".")
    if not (at and dot and local and host):
        return DOTS if email else ""
    return f"{local[0]}{DOTS}@{host[0]}{DOTS}.{land}"


def masked_phone(phone: str) -> str:
    """`+358 40 123 4567` becomes `•• 4567`; of a short number only the last two are shown."""
    digits = re.sub(r"\D", "", phone)
    shown = SHOWN_DIGITS if len(digits) > 2 * SHOWN_DIGITS - 1 else 2
    return f"{FEW} {digits[-shown:]}" if digits else ""
