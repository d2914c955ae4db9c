"""The image and the set-up for production, read closely where no container engine runs."""

import re
import shlex
from ipaddress import ip_address
from typing import Any

import pytest
import yaml

from server.cli import COMMANDS
from server.settings import Settings
from tests.house.source import ROOT

Document = dict[str, Any]

# The places that a relay must not lead to: one address of each kind.
INSIDE = (
    "0.0.0.1", "10.0.0.5", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1",
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.5", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "2002:7f00:1::", "fd00::1", "fe80::1", "ff02::1",
)  # fmt: skip


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    parts = (line.strip().partition(" ") for line in text.splitlines() if line.strip())
    return [(word, " ".join(rest.split())) for word, _, rest in parts]


@pytest.fixture(scope="module")
def last_stage(instructions: list[tuple[str, str]]) -> dict[str, str]:
    """The instructions of the stage that is shipped; of several alike, the last."""
    begin = max(at for at, (word, _) in enumerate(instructions) if word == "FROM")
    return dict(instructions[begin:])


@pytest.fixture(scope="module")
def compose() -> Document:
    """compose.yaml as data."""
    read: Document = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


@pytest.fixture(scope="module")
def turn(compose: Document) -> list[tuple[str, str]]:
    """The relay's configuration as (name, value)."""
    lines = compose["configs"]["turn"]["content"].splitlines()
    return [
        (name, value)
        for name, _, value in (line.partition("=") for line in lines if not line.startswith("#"))
    ]


def test_image_is_built_in_stages_from_named_versions(instructions: list[tuple[str, str]]) -> None:
    stages = [rest.split()[0] for word, rest in instructions if word == "FROM"]

    assert len(stages) == 3
    assert [stage for stage in stages if ":" not in stage or stage.endswith(":latest")] == []


def test_image_installs_by_hash(instructions: list[tuple[str, str]]) -> None:
    installs = [
        shlex.split(rest) for word, rest in instructions if word == "RUN" and "requirements.txt" in rest
    ]

    assert [{"--require-hashes", "--no-deps"} <= set(install) for install in installs] == [True]


def test_image_runs_as_nobody_in_particular(last_stage: dict[str, str]) -> None:
    assert last_stage["USER"] == "10001:10001"


def test_image_stops_and_answers_for_its_health(last_stage: dict[str, str]) -> None:
    assert last_stage["STOPSIGNAL"] == "SIGTERM"
    assert "/health/ready" in last_stage["HEALTHCHECK"]


def test_image_starts_a_command_that_exists(last_stage: dict[str, str]) -> None:
    assert last_stage["ENTRYPOINT"] == '["kohtaamo"]'
    assert yaml.safe_load(last_stage["CMD"])[0] in COMMANDS


def test_image_holds_no_secret(instructions: list[tuple[str, str]]) -> None:
    given = [rest for word, rest in instructions if word in {"ENV", "ARG"}]

    assert [rest for rest in given if re.search(r"SECRET|PASSWORD|TOKEN|KEY", rest)] == []


def test_image_takes_only_what_is_named(instructions: list[tuple[str, str]]) -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        rest.split()[0].partition("/")[0]
        for word, rest in instructions
        if word == "COPY" and not rest.startswith("--from")
    }

    assert copied == allowed
    assert {name for name in allowed if not (ROOT / name).exists()} == set()


def test_services_start_commands_that_exist(compose: Document) -> None:
    ours = {name: service for name, service in compose["services"].items() if "build" in service}

    assert set(ours) == {"app", "work", "media", "migrate"}
    assert {service["command"][0] for service in ours.values()} == {"serve", "work", "media", "migrate"}
    assert {service["command"][0] for service in ours.values()} - set(COMMANDS) == set()


@pytest.mark.parametrize(
    ("provider", "left_out"),
    [
        ("FTN", {"ENTITY_STATEMENT", "JWKS"}),
        ("MOBILE_ID", {"CERTIFICATE", "KEY", "ROOTS", "TLS_ROOTS"}),
    ],
)
def test_services_are_handed_every_setting_of_a_provider(
    compose: Document, provider: str, left_out: set[str]
) -> None:
    """What is long goes by its file."""
    given = compose["services"]["app"]["environment"]
    said = (ROOT / "server" / "README.md").read_text()
    if provider == "FTN":
        said = said.partition("## Strong identification")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| (`[A-Z_`, …]+) \|", said, re.MULTILINE) + re.findall(r"`CLAIM_[A-Z_]+`", said)
    else:
        rows = re.findall(r"^\| (`(?:KOHTAAMO_MOBILE_ID_|…_)[A-Z0-9_`, …]+) \|", said, re.MULTILINE)
    names = {
        name.removeprefix("KOHTAAMO_MOBILE_ID_").removeprefix("_")
        for row in rows
        for name in re.findall(r"[A-Z_]{2,}[A-Z0-9]", row)
    }
    wanted = {name + "_FILE" if name in left_out else name for name in names - {"CLAIM"}}

    assert len(names) > 8
    assert {name for name in wanted if f"KOHTAAMO_{provider}_{name}" not in given} == set()


def test_services_are_of_named_versions(compose: Document) -> None:
    images = [service["image"] for service in compose["services"].values()]

    assert [image for image in images if not re.fullmatch(r"[a-z/]+:[0-9][\w.-]*", image)] == []


def test_services_of_ours_may_do_little(compose: Document) -> None:
    wrong = [
        name
        for name, service in compose["services"].items()
        if name != "database"
        and not (
            service["read_only"]
            and service["cap_drop"] == ["ALL"]
            and "no-new-privileges:true" in service["security_opt"]
        )
    ]

    assert wrong == []


def test_database_is_reached_from_inside_alone(compose: Document) -> None:
    database = compose["services"]["database"]

    assert database["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    assert "ports" not in database


def test_set_up_holds_no_secret_and_asks_for_each(compose: Document) -> None:
    settings: dict[str, str] = compose["services"]["app"]["environment"]

    for name in ("KOHTAAMO_SECRET", "KOHTAAMO_TURN_SECRET", "KOHTAAMO_TURN_CONSOLE", "KOHTAAMO_DATABASE_URL"):
        assert re.search(r"\$\{[A-Z_]+:\?", settings[name]), name
    assert settings["KOHTAAMO_MODE"] == "production"


def test_set_up_uses_settings_that_exist(compose: Document) -> None:
    used: set[str] = {
        name
        for name in compose["services"]["app"]["environment"]
        if not name.startswith(("KOHTAAMO_FTN_", "KOHTAAMO_MOBILE_ID_"))
    }

    assert {
        name for name in used if name.removeprefix("KOHTAAMO_").lower() not in Settings.model_fields
    } == set()


def test_set_up_takes_every_setting_but_what_it_decides_itself(compose: Document) -> None:
    """The image says where it listens and keeps its data; a turned clock is for demos alone."""
    decided = {"host", "port", "data", "clock_file"}
    taken = {name.removeprefix("KOHTAAMO_").lower() for name in compose["services"]["app"]["environment"]}

    assert set(Settings.model_fields) - decided - taken == set()


def test_relay_lets_in_whom_the_pages_name(compose: Document, turn: list[tuple[str, str]]) -> None:
    app, relay = compose["services"]["app"], compose["services"]["turn"]
    realm = app["environment"]["KOHTAAMO_TURN_URLS"].split(":", 1)[1].partition(":3478")[0]

    assert ("lt-cred-mech", "") in turn
    assert ("userdb", app["environment"]["KOHTAAMO_TURN_USERS"]) in turn
    assert ("realm", realm) in turn
    assert "turn:/turn" in relay["volumes"]
    assert "turn:/turn" in app["volumes"]
    assert relay["user"] == "10001:10001"
    assert {"no-multicast-peers", "no-tcp-relay", "user-quota"} <= {name for name, _ in turn}


def test_relay_is_reached_by_datagrams_by_tcp_and_by_tls(
    compose: Document, turn: list[tuple[str, str]]
) -> None:
    urls = compose["services"]["app"]["environment"]["KOHTAAMO_TURN_URLS"]
    tls_port = dict(turn)["tls-listening-port"]

    assert re.findall(r"(turns?):\$\{TURN_HOST}:(\d+|\$\{[^}]+})\?transport=(\w+)", urls) == [
        ("turn", dict(turn)["listening-port"], "udp"),
        ("turn", dict(turn)["listening-port"], "tcp"),
        ("turns", tls_port, "tcp"),
    ]
    assert {"cert", "pkey", "no-dtls"} <= dict(turn).keys()
    assert "no-tls" not in dict(turn)


def test_relay_takes_orders_inside_alone_and_by_a_password_of_its_own(
    compose: Document, turn: list[tuple[str, str]]
) -> None:
    console = compose["services"]["app"]["environment"]["KOHTAAMO_TURN_CONSOLE"]
    [gateway] = [each["gateway"] for each in compose["networks"]["outside"]["ipam"]["config"]]

    assert ("cli-ip", gateway) in turn
    assert console.endswith(f"@{gateway}:5766")
    assert ip_address(gateway).is_private
    assert ("cli-password", "${TURN_CONSOLE_PASSWORD}") in turn


def test_relay_relays_on_ipv4_alone(turn: list[tuple[str, str]]) -> None:
    listening = [value for name, value in turn if name in {"listening-ip", "relay-ip"}]

    assert [ip_address(value).version for value in listening] == [4]


@pytest.mark.parametrize("address", INSIDE)
def test_relay_leads_nowhere_inside(turn: list[tuple[str, str]], address: str) -> None:
    ranges = [value.split("-") for name, value in turn if name == "denied-peer-ip"]
    peer = ip_address(address)

    denied = [
        (first, last)
        for first, last in ranges
        if ip_address(first).version == peer.version
        and int(ip_address(first)) <= int(peer) <= int(ip_address(last))
    ]

    assert denied != []
