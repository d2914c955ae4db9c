"""What an operator can set: environment variables and a `.env` file, read once."""

import secrets
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.key_files import kept_file

CHECKOUT = Path(__file__).resolve().parents[1]
SHORTEST_SECRET = 32


class BadSettings(Exception):
    """A setting is missing or wrong; the text is one sentence for the operator."""


class Mode(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


Commas = Annotated[tuple[str, ...], NoDecode]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode]


class Settings(BaseSettings):
    """Every setting; the README of this room says what each one means."""

    model_config = SettingsConfigDict(
        env_prefix="KOHTAAMO_",
        env_file=(CHECKOUT / ".env", ".env"),
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    host: str = Field(default="localhost", validation_alias="HOST")
    port: int = Field(default=8080, ge=0, le=65535, validation_alias="PORT")
    data: Path = CHECKOUT / "data"
    mode: Mode = Mode.PRODUCTION
    database_url: str = ""
    public_url: str = ""
    trusted_proxies: Networks = ()
    secret: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    stun_urls: Commas = ()
    turn_urls: Commas = ()
    turn_secret: str = ""
    identity: Commas = ()
    organisation: str = "Kohtaamo"
    logo_url: str = ""
    phone: str = ""
    zone: str = "Europe/Helsinki"
    connection_tests: int = Field(default=12, ge=1, le=200)
    relay_only: bool = False
    hide_private_addresses: bool = True
    api_calls_a_second: int = Field(default=600, ge=1)
    clock_file: Path | None = None

    @field_validator("trusted_proxies", "stun_urls", "turn_urls", "identity", mode="before")
    @classmethod
    def _by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.mode is Mode.PRODUCTION:
            self._refuse_for_production()
        return self

    def _refuse_for_production(self) -> None:
        if len(self.secret) < SHORTEST_SECRET or len(set(self.secret)) < 8:
            raise ValueError(f"KOHTAAMO_SECRET must be {SHORTEST_SECRET} random characters or more")
        if not self.public_url:
            raise ValueError("KOHTAAMO_PUBLIC_URL must be set in production")
        if not self.phone:
            raise ValueError("KOHTAAMO_PHONE must be set in production: every page says whom to call")
        if any(name.startswith("demo") for name in self.identity):
            raise ValueError("KOHTAAMO_IDENTITY names a demo provider, which production refuses")
        if self.clock_file:
            raise ValueError("KOHTAAMO_CLOCK_FILE is for demos and tests, and production refuses it")
        if bool(self.turn_urls) != bool(self.turn_secret):
            raise ValueError("KOHTAAMO_TURN_URLS and KOHTAAMO_TURN_SECRET belong together: set both or none")

    @property
    def is_demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def address(self) -> str:
        """Return where browsers find the service, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_tls(self) -> bool:
        return urlsplit(self.address).scheme == "https"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'kohtaamo.sqlite3'}"

    @property
    def providers(self) -> tuple[str, ...]:
        return self.identity or (("demo-bank",) if self.is_demo else ())

    @property
    def sender(self) -> str:
        return self.mail_from or f"no-reply@{urlsplit(self.address).hostname or 'localhost'}"


class _Where(BaseSettings):
    """What must be known before the rest can be read."""

    model_config = Settings.model_config

    data: Path = CHECKOUT / "data"
    mode: Mode | None = None
    secret: str = ""


def read_settings(**given: object) -> Settings:
    """Read the settings once; what is `given` wins over the environment.

    The mode is what the variable says, else what the data folder remembers, else production. A demo
    makes its own secret and keeps it in the data folder. Raises BadSettings, with one sentence, when
    a setting is missing or wrong.
    """
    try:
        where = _Where.model_validate({**_Where().model_dump(), **given})
        mode = where.mode or _remembered_mode(where.data)
        if mode is Mode.DEMO and not where.secret:
            given = {**given, "secret": kept_file(where.data / "secret", _new_secret).decode()}
        return Settings(**{**given, "mode": mode})  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None


def remember_mode(data: Path, mode: Mode) -> None:
    """Write the mode into the data folder, where every later command finds it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "mode").write_text(mode.value + "\n")


def _remembered_mode(data: Path) -> Mode:
    try:
        return Mode((data / "mode").read_text().strip())
    except (OSError, ValueError):
        return Mode.PRODUCTION


def _new_secret() -> bytes:
    return secrets.token_urlsafe(48).encode()


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    if not where:
        return said
    name = where if where in ("HOST", "PORT") else f"KOHTAAMO_{where.upper()}"
    return f"{name}: {said[:1].lower()}{said[1:]}"
