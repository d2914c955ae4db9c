"""Settings: what is right is taken, what is wrong ends the start with one sentence and status 2."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from identity.password import hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import load_demo
from server.sealing import Sealer
from server.settings import CHECKOUT, BadSettings, Mode, Settings, read_settings, remember_mode
from tests.contracts.databases import migrate_aside

SECRET = "Zm9yIHRlc3RzIG9ubHk6IHJhbmRvbSBlbm91Z2gu"
SOUND = {
    "KOHTAAMO_MODE": "production",
    "KOHTAAMO_SECRET": SECRET,
    "KOHTAAMO_PUBLIC_URL": "https://meet.example.org",
    "KOHTAAMO_PHONE": "+358 9 123 456",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Begin with nothing set, in a folder without a `.env` file."""
    for name in list(os.environ):
        if name.startswith("KOHTAAMO_") or name in ("HOST", "PORT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KOHTAAMO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in {**SOUND, **given}.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("PORT", "80", 80),
        ("KOHTAAMO_PUBLIC_URL", "http://localhost:8080/", "http://localhost:8080/"),
        ("KOHTAAMO_IDENTITY", "bank, mobile", ("bank", "mobile")),
        ("KOHTAAMO_STUN_URLS", "stun:stun.example.org", ("stun:stun.example.org",)),
        ("KOHTAAMO_LOGO_URL", "https://www.example.org/a.svg", "https://www.example.org/a.svg"),
        ("KOHTAAMO_SMTP_URL", "smtps://u:p%40@mail.example.org", "smtps://u:p%40@mail.example.org"),
        ("KOHTAAMO_MAIL_FROM", "no-reply@example.org", "no-reply@example.org"),
        ("KOHTAAMO_BOUNCE_TO", "fourteen.chars@example.org", "fourteen.chars@example.org"),
        (
            "KOHTAAMO_SMS_URL",
            "https://gateway.example:8443/send?v=1",
            "https://gateway.example:8443/send?v=1",
        ),
        ("KOHTAAMO_SMS_URL", "http://127.0.0.1:9000/send", "http://127.0.0.1:9000/send"),
        ("KOHTAAMO_SMS_SENDER", "+358401112222", "+358401112222"),
        ("KOHTAAMO_SMS_SENDER", "16400", "16400"),
        ("KOHTAAMO_SMS_SENDER", "Bank of 4 U", "Bank of 4 U"),
        ("KOHTAAMO_SMS_COUNTRIES", "358, 46,1", ("358", "46", "1")),
    ],
)
def test_a_right_value_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str, kept: object) -> None:
    settings = read(monkeypatch, **{name: value})

    assert getattr(settings, name.removeprefix("KOHTAAMO_").lower()) == kept


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT: input should be a valid integer"),
        ("PORT", "70000", "PORT: input should be less than or equal to 65535"),
        ("KOHTAAMO_MODE", "test", "KOHTAAMO_MODE: input should be 'demo' or 'production'"),
        ("KOHTAAMO_TRUSTED_PROXIES", "10.0.0.0/8, proxy", "KOHTAAMO_TRUSTED_PROXIES: input is not a valid"),
        ("KOHTAAMO_SECRET", "short", "KOHTAAMO_SECRET must be 32 random characters"),
        ("KOHTAAMO_SECRET", "changeme" * 4, "KOHTAAMO_SECRET must be 32 random characters"),
        ("KOHTAAMO_PUBLIC_URL", "www.example.net", "KOHTAAMO_PUBLIC_URL: must look like https://"),
        (
            "KOHTAAMO_PUBLIC_URL",
            "https://meet.example.org/app",
            "KOHTAAMO_PUBLIC_URL: must be a bare address",
        ),
        ("KOHTAAMO_PUBLIC_URL", "https://a@meet.example.org", "KOHTAAMO_PUBLIC_URL: must look like https://"),
        ("KOHTAAMO_PUBLIC_URL", "https://[meet", "KOHTAAMO_PUBLIC_URL: must look like https://"),
        ("KOHTAAMO_LOGO_URL", "javascript:alert(1)", "KOHTAAMO_LOGO_URL: must look like https://"),
        ("KOHTAAMO_LOGO_URL", "http://www.example.org/a.svg", "KOHTAAMO_LOGO_URL: must look like https://"),
        ("KOHTAAMO_SMTP_URL", "mail.example.org:25", "KOHTAAMO_SMTP_URL: must look like smtp://"),
        ("KOHTAAMO_SMTP_URL", "smtp://mail.example.org:many", "KOHTAAMO_SMTP_URL: must look like smtp://"),
        ("KOHTAAMO_MAIL_FROM", "a@b\nBcc: c@d", "KOHTAAMO_MAIL_FROM: must be a mail address"),
        ("KOHTAAMO_BOUNCE_TO", "fifteen-letters@b.example", "KOHTAAMO_BOUNCE_TO: must have 14 letters"),
        ("KOHTAAMO_BOUNCE_TO", "palautukset\u00e4@b.example", "KOHTAAMO_BOUNCE_TO: must have 14 letters"),
        ("KOHTAAMO_BOUNCE_TO", "b.example", "KOHTAAMO_BOUNCE_TO: must be a mail address"),
        (
            "KOHTAAMO_BOUNCE_IMAP_URL",
            "imaps://u:p@b.example",
            "KOHTAAMO_BOUNCE_IMAP_URL needs KOHTAAMO_BOUNCE",
        ),
        (
            "KOHTAAMO_BOUNCE_IMAP_URL",
            "imaps://b.example",
            "KOHTAAMO_BOUNCE_IMAP_URL: must look like imaps://",
        ),
        (
            "KOHTAAMO_BOUNCE_IMAP_URL",
            'imaps://u:p@b.example/A%22"',
            "KOHTAAMO_BOUNCE_IMAP_URL: must look like",
        ),
        ("KOHTAAMO_SMS_URL", "gateway.test/send", "KOHTAAMO_SMS_URL: must look like https://"),
        ("KOHTAAMO_SMS_URL", "ftp://gateway.example", "KOHTAAMO_SMS_URL: must look like https://"),
        ("KOHTAAMO_SMS_URL", "https://gateway.example:many/", "KOHTAAMO_SMS_URL: must look like https://"),
        ("KOHTAAMO_SMS_URL", "http://gateway.test/send", "KOHTAAMO_SMS_URL: must begin with https://"),
        ("KOHTAAMO_SMS_METHOD", "DELETE", "KOHTAAMO_SMS_METHOD: input should be 'POST' or 'PUT'"),
        ("KOHTAAMO_SMS_SENDER", "+358 40 111 2222", "KOHTAAMO_SMS_SENDER: must be a number like"),
        ("KOHTAAMO_SMS_SENDER", "Esimerkkipankki", "KOHTAAMO_SMS_SENDER: must be a number like"),
        ("KOHTAAMO_SMS_SENDER", "P\u00e4nkki", "KOHTAAMO_SMS_SENDER: must be a number like"),
        ("KOHTAAMO_SMS_SENDER", "Bank\nX: y", "KOHTAAMO_SMS_SENDER: must be a number like"),
        ("KOHTAAMO_SMS_SECRET", "s" * 31, "KOHTAAMO_SMS_SECRET must be 32 random characters"),
        ("KOHTAAMO_SMS_SECRET", SECRET, "KOHTAAMO_SMS_SECRET needs KOHTAAMO_SMS_URL"),
        ("KOHTAAMO_SMS_SEGMENTS", "0", "KOHTAAMO_SMS_SEGMENTS: input should be greater than"),
        ("KOHTAAMO_SMS_SEGMENTS", "11", "KOHTAAMO_SMS_SEGMENTS: input should be less than"),
        ("KOHTAAMO_SMS_A_MINUTE", "0", "KOHTAAMO_SMS_A_MINUTE: input should be greater than"),
        ("KOHTAAMO_SMS_COUNTRIES", "358, +46", "KOHTAAMO_SMS_COUNTRIES: must hold codes of countries"),
        ("KOHTAAMO_SMS_COUNTRIES", "Suomi", "KOHTAAMO_SMS_COUNTRIES: must hold codes of countries"),
        ("KOHTAAMO_STUN_URLS", "stun.example.net", "KOHTAAMO_STUN_URLS: must hold addresses like stun:"),
        ("KOHTAAMO_TURN_URLS", "stun:a.example.org", "KOHTAAMO_TURN_URLS: must hold addresses like turn:"),
        ("KOHTAAMO_TURN_SECRET", "alone", "KOHTAAMO_TURN_URLS and KOHTAAMO_TURN_SECRET belong together"),
        ("KOHTAAMO_TURN_CONSOLE", "telnet://turn:5766", "KOHTAAMO_TURN_CONSOLE: must look like telnet://"),
        ("KOHTAAMO_TURN_CONSOLE", "telnet://:x@turn:5766", "KOHTAAMO_TURN_CONSOLE needs KOHTAAMO_TURN_URLS"),
        ("KOHTAAMO_TURN_USERS", "/turn/users", "KOHTAAMO_TURN_USERS needs KOHTAAMO_TURN_CONSOLE"),
        ("KOHTAAMO_RELAY_ONLY", "true", "KOHTAAMO_RELAY_ONLY needs KOHTAAMO_TURN_URLS"),
        ("KOHTAAMO_RELAY_ONLY", "perhaps", "KOHTAAMO_RELAY_ONLY: input should be a valid boolean"),
        ("KOHTAAMO_HIDE_PRIVATE_ADDRESSES", "2", "KOHTAAMO_HIDE_PRIVATE_ADDRESSES: input should be a valid"),
        ("KOHTAAMO_ORGANISATION", "A\nB", "KOHTAAMO_ORGANISATION: must be one line"),
        ("KOHTAAMO_PHONE", "1" * 101, "KOHTAAMO_PHONE: must be one line"),
        ("KOHTAAMO_CONNECTION_TESTS", "0", "KOHTAAMO_CONNECTION_TESTS: input should be greater than"),
        ("KOHTAAMO_API_CALLS_A_SECOND", "0", "KOHTAAMO_API_CALLS_A_SECOND: input should be greater than"),
        ("KOHTAAMO_WEBHOOK_NETWORKS", "10.0.0.0/40", "KOHTAAMO_WEBHOOK_NETWORKS: input is not a valid IPv4"),
        ("KOHTAAMO_DATA", "/dev/null/data", "KOHTAAMO_DATA: the folder cannot be used"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    mode = {"KOHTAAMO_MODE": "demo", "KOHTAAMO_SECRET": ""} if name == "KOHTAAMO_DATA" else {}

    with pytest.raises(BadSettings) as refused:
        read(monkeypatch, **{**mode, name: value})

    sentence = str(refused.value)
    assert sentence.startswith(said)
    assert "\n" not in sentence
    assert "https://errors.pydantic.dev" not in sentence
    assert len(value) < 6 or value not in sentence


def test_a_demo_makes_its_own_secret_and_later_commands_find_the_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    remember_mode(tmp_path / "data", Mode.DEMO)

    first, second = read_settings(), read_settings()

    assert first.mode is Mode.DEMO
    assert len(first.secret) > 40
    assert first.secret == second.secret


def test_without_a_word_it_is_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOHTAAMO_SECRET", "")

    with pytest.raises(BadSettings, match="KOHTAAMO_SECRET"):
        read_settings()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    status: int
    said: str


def run(command: str, **given: str) -> Ended:
    """Run a command in a process of its own that is to refuse; killed when it goes on."""
    return asyncio.run(_run(command, {**SOUND, **given}))


async def _run(command: str, environment: dict[str, str]) -> Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.cli",
        command,
        stderr=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
    )
    try:
        async with asyncio.timeout(60):
            _, said = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return Ended(process.returncode, said.decode())


NO_DEMO = "the database holds demo data, which production refuses"


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        ("serve", {"KOHTAAMO_SECRET": ""}, "KOHTAAMO_SECRET must be 32 random characters or more"),
        ("work", {"KOHTAAMO_SECRET": "a" * 40}, "KOHTAAMO_SECRET must be 32 random characters or more"),
        (
            "serve",
            {"KOHTAAMO_PHONE": ""},
            "KOHTAAMO_PHONE must be set in production: every page says whom to call",
        ),
        ("serve", {"KOHTAAMO_PUBLIC_URL": ""}, "KOHTAAMO_PUBLIC_URL must be set in production"),
        (
            "serve",
            {"KOHTAAMO_PUBLIC_URL": "http://meet.example.org"},
            "KOHTAAMO_PUBLIC_URL must begin with https:// in production",
        ),
        (
            "serve",
            {"KOHTAAMO_IDENTITY": "demo-bank"},
            "KOHTAAMO_IDENTITY names a demo provider, which production refuses",
        ),
        (
            "serve",
            {"KOHTAAMO_CLOCK_FILE": "offset"},
            "KOHTAAMO_CLOCK_FILE is for demos and tests, and production refuses it",
        ),
        ("serve", {"KOHTAAMO_ZONE": "Pohjola"}, "KOHTAAMO_ZONE: Pohjola is no time zone"),
        (
            "serve",
            {"KOHTAAMO_DATABASE_URL": "nonsense"},
            "KOHTAAMO_DATABASE_URL: it must look like postgresql://user:password@host/name",
        ),
        (
            "migrate",
            {"KOHTAAMO_DATABASE_URL": "mysql://localhost/kohtaamo"},
            "KOHTAAMO_DATABASE_URL: the database must be PostgreSQL, or SQLite in a file",
        ),
        (
            "serve",
            {"KOHTAAMO_DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/k"},
            "the database does not answer: look at KOHTAAMO_DATABASE_URL",
        ),
        ("demo", {}, "KOHTAAMO_MODE says production, which refuses a demo"),
    ],
)
def test_production_refuses_to_start_with_one_sentence_and_status_2(
    command: str, given: dict[str, str], said: str
) -> None:
    assert run(command, **given) == Ended(2, f"kohtaamo: {said}.\n")


@pytest.mark.parametrize("command", ["serve", "work"])
def test_production_refuses_demo_data(tmp_path: Path, command: str) -> None:
    database = filled(tmp_path / "k.sqlite3", demo=True)

    assert run(command, KOHTAAMO_DATABASE_URL=database) == Ended(2, f"kohtaamo: {NO_DEMO}.\n")


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        (
            "serve",
            {"KOHTAAMO_SMS_SENDER": ""},
            "KOHTAAMO_SMS_SENDER must be set, or KOHTAAMO_SMS_BODY written without {sender}",
        ),
        (
            "work",
            {"KOHTAAMO_SMS_BODY": "to={to}&text={text}&hook={callback}"},
            "KOHTAAMO_SMS_SECRET must be set, or KOHTAAMO_SMS_BODY written without {callback}",
        ),
        (
            "work",
            {"KOHTAAMO_SMS_BODY": "to={to}&text={text}", "KOHTAAMO_SMS_HONOURS_KEY": "true"},
            "KOHTAAMO_SMS_HONOURS_KEY needs {key} in KOHTAAMO_SMS_BODY or KOHTAAMO_SMS_HEADERS",
        ),
        (
            "serve",
            {"KOHTAAMO_SMS_BODY": '{"to": {to}, "text": "{text}"}'},
            "KOHTAAMO_SMS_BODY is not JSON: placeholders stand inside quotes",
        ),
    ],
)
def test_text_messages_that_could_not_be_sent_are_refused_at_the_start(
    tmp_path: Path, command: str, given: dict[str, str], said: str
) -> None:
    database = filled(tmp_path / "k.sqlite3", demo=False)
    sound = {"KOHTAAMO_SMS_URL": "https://gateway.example/send", "KOHTAAMO_SMS_SENDER": "Bank", "PORT": "0"}

    ended = run(command, KOHTAAMO_DATABASE_URL=database, **(sound | given))

    assert ended == Ended(2, f"kohtaamo: {said}.\n")


def test_a_demo_refuses_real_data_and_leaves_no_demo_mode_behind(tmp_path: Path) -> None:
    database = filled(tmp_path / "k.sqlite3", demo=False)

    ended = run("demo", KOHTAAMO_DATABASE_URL=database, KOHTAAMO_MODE="", KOHTAAMO_PUBLIC_URL="")

    sentence = "the database holds real data: a demo, where anybody signs in, needs its own"
    assert ended == Ended(2, f"kohtaamo: {sentence}.\n")
    assert not (tmp_path / "data" / "mode").exists()


def filled(file: Path, *, demo: bool) -> str:
    """Make a database with the demo in it, or with one admin of a real house."""
    url = f"sqlite:///{file}"
    migrate_aside(url)
    asyncio.run(_fill(url, demo=demo))
    return url


async def _fill(url: str, *, demo: bool) -> None:
    units = SqlUnits(open_engines(url), Sealer(SECRET.encode()))
    async with units.write() as unit:
        await (load_demo(unit) if demo else _real(unit))
    await units.close()


async def _real(unit: Any) -> None:
    team = uuid4()
    await unit.catalogue.add_team(team, "Lainat")
    member = StaffMember(id=uuid4(), login="admin", name="Oikea Ihminen", role=Role.ADMIN, team_id=team)
    await unit.staff.add(Credentials(member, hash_password("a real password")))


TURN = {"turn_urls": "turn:turn.example.org", "turn_secret": "north"}


@pytest.mark.parametrize(
    ("mode", "more", "relays_all"),
    [
        (Mode.PRODUCTION, TURN, True),
        (Mode.PRODUCTION, TURN | {"relay_only": "false"}, False),
        (Mode.PRODUCTION, {}, False),
        (Mode.DEMO, TURN, False),
        (Mode.DEMO, TURN | {"relay_only": "true"}, True),
    ],
)
def test_production_with_a_relay_hides_both_sides_addresses_unless_told_otherwise(
    mode: Mode, more: dict[str, str], relays_all: bool
) -> None:
    settings = Settings.model_validate(
        {"mode": mode, "secret": "0123456789" * 4, "public_url": "https://meet.example.org", "phone": "09 1"}
        | more
    )

    assert settings.relays_all is relays_all
