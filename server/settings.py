"""What an operator can set: environment variables and a `.env` file, read once."""

import secrets
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from identity.half_sign_in import SecondFactor
from server.addresses import (
    bounce_mailbox,
    console_address,
    country_code,
    gateway_address,
    ice_address,
    imap_address,
    is_confidential,
    logo_address,
    mailbox,
    public_address,
    sms_sender,
    smtp_address,
)
from server.key_files import kept_file
from web.picture_rule import PictureRule

ADDRESSES = MappingProxyType(
    {
        "public_url": public_address,
        "logo_url": logo_address,
        "smtp_url": smtp_address,
        "mail_from": mailbox,
        "bounce_to": bounce_mailbox,
        "bounce_imap_url": imap_address,
        "sms_url": gateway_address,
        "sms_sender": sms_sender,
    }
)
CHECKOUT = Path(__file__).resolve().parents[1]
SHORTEST_SECRET = 32
LONGEST_NAME = 100


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
    smtp_ca: str = ""
    mail_from: str = ""
    bounce_to: str = ""
    bounce_imap_url: str = ""
    mail_a_minute: int = Field(default=600, ge=1, le=60_000)
    sms_a_minute: int = Field(default=300, ge=1, le=60_000)
    sms_url: str = ""
    sms_method: Literal["POST", "PUT"] = "POST"
    sms_headers: str = ""
    sms_body: str = '{"to": "{to}", "text": "{text}", "from": "{sender}", "key": "{key}"}'
    sms_sender: str = ""
    sms_secret: str = ""
    sms_honours_key: bool = False
    sms_segments: int = Field(default=3, ge=1, le=10)
    sms_countries: Commas = ()
    stun_urls: Commas = ()
    turn_urls: Commas = ()
    turn_secret: str = ""
    turn_console: Commas = ()
    turn_users: Path | None = None
    identity: Commas = ()
    second_factor: SecondFactor | None = None
    staff_oidc_issuer: str = ""
    staff_oidc_client_id: str = ""
    staff_oidc_client_secret: str = ""
    staff_oidc_groups: Commas = ()
    staff_oidc_groups_claim: str = "groups"
    staff_oidc_label: str = ""
    staff_passwords: bool = True
    organisation: str = "Kohtaamo"
    logo_url: str = ""
    phone: str = ""
    zone: str = "Europe/Helsinki"
    connection_tests: int = Field(default=12, ge=1, le=200)
    relay_only: bool | None = None
    hide_private_addresses: bool = True
    picture: PictureRule = PictureRule.OFFERED
    api_calls_a_second: int = Field(default=600, ge=1)
    holds_per_browser: int = Field(default=2, ge=1)
    holds_per_address: int = Field(default=20, ge=1)
    bookings_per_person: int = Field(default=5, ge=1)
    invitations_kept_days: int = Field(default=90, ge=1)
    persons_kept_days: int = Field(default=731, ge=1)
    webhook_networks: Networks = ()
    clock_file: Path | None = None

    @field_validator(
        "trusted_proxies",
        "stun_urls",
        "turn_urls",
        "turn_console",
        "identity",
        "staff_oidc_groups",
        "webhook_networks",
        "sms_countries",
        mode="before",
    )
    @classmethod
    def _by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(*ADDRESSES)
    @classmethod
    def _is_address(cls, text: str, info: ValidationInfo) -> str:
        return ADDRESSES[str(info.field_name)](text) if text else text

    @field_validator("stun_urls", "turn_urls")
    @classmethod
    def _are_for_browsers(cls, urls: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        kind = "stun" if info.field_name == "stun_urls" else "turn"
        return tuple(ice_address(url, kind) for url in urls)

    @field_validator("turn_console")
    @classmethod
    def _are_consoles(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(console_address, urls))

    @field_validator("sms_countries")
    @classmethod
    def _are_countries(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(country_code, codes))

    @field_validator("organisation", "phone")
    @classmethod
    def _is_one_line(cls, text: str) -> str:
        if not text.isprintable() or len(text) > LONGEST_NAME:
            raise ValueError(f"must be one line of {LONGEST_NAME} characters at most")
        return text

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.mode is Mode.PRODUCTION:
            self._refuse_for_production()
        if bool(self.turn_urls) != bool(self.turn_secret):
            raise ValueError("KOHTAAMO_TURN_URLS and KOHTAAMO_TURN_SECRET belong together: set both or none")
        if self.turn_console and not self.turn_urls:
            raise ValueError("KOHTAAMO_TURN_CONSOLE needs KOHTAAMO_TURN_URLS: nothing is relayed")
        if self.turn_users and not self.turn_console:
            raise ValueError("KOHTAAMO_TURN_USERS needs KOHTAAMO_TURN_CONSOLE: what was opened would stand")
        if self.bounce_imap_url and not self.bounce_to:
            raise ValueError("KOHTAAMO_BOUNCE_IMAP_URL needs KOHTAAMO_BOUNCE_TO: no letter names itself")
        if self.sms_secret and len(self.sms_secret) < SHORTEST_SECRET:
            raise ValueError(f"KOHTAAMO_SMS_SECRET must be {SHORTEST_SECRET} random characters or more")
        if self.sms_secret and not (self.sms_url or self.is_demo):
            raise ValueError(
                "KOHTAAMO_SMS_SECRET needs KOHTAAMO_SMS_URL: nobody who writes could be answered"
            )
        if self.staff_oidc_issuer and not (self.staff_oidc_client_id and self.staff_oidc_client_secret):
            raise ValueError("KOHTAAMO_STAFF_OIDC_ISSUER needs _CLIENT_ID and _CLIENT_SECRET")
        if self.staff_oidc_issuer and not is_confidential(self.staff_oidc_issuer) and not self.is_demo:
            raise ValueError("KOHTAAMO_STAFF_OIDC_ISSUER must begin with https:// in production")
        if not self.staff_passwords and not self.staff_oidc_issuer:
            raise ValueError("KOHTAAMO_STAFF_PASSWORDS=false needs KOHTAAMO_STAFF_OIDC_ISSUER")
        if self.relay_only and not self.turn_urls:
            raise ValueError("KOHTAAMO_RELAY_ONLY needs KOHTAAMO_TURN_URLS: nobody would connect")
        return self

    def _refuse_for_production(self) -> None:
        if len(self.secret) < SHORTEST_SECRET or len(set(self.secret)) < 8:
            raise ValueError(f"KOHTAAMO_SECRET must be {SHORTEST_SECRET} random characters or more")
        if not self.public_url:
            raise ValueError("KOHTAAMO_PUBLIC_URL must be set in production")
        if not is_confidential(self.public_url):
            raise ValueError("KOHTAAMO_PUBLIC_URL must begin with https:// in production")
        if not self.phone:
            raise ValueError("KOHTAAMO_PHONE must be set in production: every page says whom to call")
        if any(name.startswith("demo") for name in self.identity):
            raise ValueError("KOHTAAMO_IDENTITY names a demo provider, which production refuses")
        if self.clock_file:
            raise ValueError("KOHTAAMO_CLOCK_FILE is for demos and tests, and production refuses it")

    @property
    def relays_all(self) -> bool:
        """Tell whether all goes by the relay: in production where there is one, unless said otherwise."""
        usual = self.mode is Mode.PRODUCTION and bool(self.turn_urls)
        return usual if self.relay_only is None else self.relay_only

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
        return self.identity or (("demo-bank", "demo-mobile") if self.is_demo else ())

    @property
    def who_needs_second_factor(self) -> SecondFactor:
        """Everybody in production; a demo signs in by one click."""
        return self.second_factor or (SecondFactor.NOBODY if self.is_demo else SecondFactor.EVERYBODY)

    @property
    def has_sms(self) -> bool:
        return self.is_demo or bool(self.sms_url)

    @property
    def reads_sms(self) -> bool:
        """Tell whether customers' answers come in: nobody can answer a sender that is a name."""
        is_number = self.sms_sender.removeprefix("+").isdigit()
        return self.is_demo or (bool(self.sms_url and self.sms_secret) and is_number)

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
    a setting is missing or wrong, and when a demo is asked for where the variable says production.
    """
    try:
        said = _Where()
        if said.mode is Mode.PRODUCTION and given.get("mode") is Mode.DEMO:
            raise BadSettings("KOHTAAMO_MODE says production, which refuses a demo")
        where = _Where.model_validate({**said.model_dump(), **given})
        mode = where.mode or _remembered_mode(where.data)
        if mode is Mode.DEMO and not where.secret:
            given = {**given, "secret": kept_file(where.data / "secret", _new_secret).decode()}
        return Settings(**{**given, "mode": mode})  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None
    except OSError as error:
        raise BadSettings(f"KOHTAAMO_DATA: the folder cannot be used ({error.strerror})") from None


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
    where = str(first["loc"][0]) if first["loc"] else ""
    said = first["msg"].removeprefix("Value error, ")
    if not where:
        return said
    name = where if where in ("HOST", "PORT") else f"KOHTAAMO_{where.upper()}"
    return f"{name}: {said[:1].lower()}{said[1:]}"
