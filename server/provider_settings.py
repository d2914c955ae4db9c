"""What an operator sets for one identity provider."""

import os
from pathlib import Path

from dotenv import dotenv_values

from server.settings import CHECKOUT, BadSettings

FILE = "_FILE"


def provider_settings(provider: str) -> dict[str, str]:
    """Return its variables, and lines of a `.env` file: `KOHTAAMO_MOBILE_ID_URL` is `URL` for `mobile-id`.

    What is long stands in a file: `KOHTAAMO_FTN_JWKS_FILE` names the one that `JWKS` is read from. Raises
    BadSettings for one that cannot be read.
    """
    prefix = f"KOHTAAMO_{provider.upper().replace('-', '_')}_"
    files = [file for file in (CHECKOUT / ".env", Path(".env")) if file.exists()]
    said: dict[str, str | None] = {}
    for file in files:
        said |= dotenv_values(file)
    said |= os.environ
    ours = {
        name.removeprefix(prefix): value for name, value in said.items() if value and name.startswith(prefix)
    }
    files_named = {
        name.removesuffix(FILE): _text(prefix + name, ours[name]) for name in ours if name.endswith(FILE)
    }
    return {**files_named, **{name: value for name, value in ours.items() if not name.endswith(FILE)}}


def _text(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadSettings(f"{name} names a file that cannot be read as text") from None
