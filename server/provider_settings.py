"""What an operator sets for one identity provider."""

import os
from pathlib import Path

from dotenv import dotenv_values

from server.settings import CHECKOUT


def provider_settings(provider: str) -> dict[str, str]:
    """Return its variables, and lines of a `.env` file: `KOHTAAMO_MOBILE_ID_URL` is `URL` for `mobile-id`."""
    prefix = f"KOHTAAMO_{provider.upper().replace('-', '_')}_"
    files = [file for file in (CHECKOUT / ".env", Path(".env")) if file.exists()]
    said: dict[str, str | None] = {}
    for file in files:
        said |= dotenv_values(file)
    said |= os.environ
    return {
        name.removeprefix(prefix): value for name, value in said.items() if value and name.startswith(prefix)
    }
