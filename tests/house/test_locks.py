"""What is installed is pinned by its hash, and no file names the machine that it came from."""

import json
import re
import tomllib

import pytest

from tests.house.source import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)==\S+")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: str) -> dict[str, str]:
    """Read a lock: `name==version` → the rest of its entry."""
    whole = (ROOT / "server" / lock).read_text().replace("\\\n", " ")
    return {line.split()[0]: line for line in whole.splitlines() if line.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    loose = [pin for pin, entry in entries(lock).items() if not (PIN.fullmatch(pin) and HASH.search(entry))]

    assert entries(lock) != {}
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host(lock: str) -> None:
    text = (ROOT / "server" / lock).read_text()

    assert re.findall(r"\S*(?:://|--index|--find-links|--extra|file:|@ )\S*", text) == []


def test_tests_run_with_what_the_product_runs_with() -> None:
    runtime, dev = entries("requirements.txt"), entries("requirements-dev.txt")

    assert {pin: dev.get(pin) for pin in runtime} == runtime


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        re.split(r"[^A-Za-z0-9._-]", dependency)[0].lower().replace("_", "-")
        for dependency in project["project"]["dependencies"]
    }

    assert wanted - {pin.partition("==")[0] for pin in entries("requirements.txt")} == set()


def test_packages_with_open_holes_are_left_out() -> None:
    names = {pin.partition("==")[0] for pin in entries("requirements-dev.txt")}

    assert names & {"ecdsa", "rsa"} == set()


@pytest.mark.parametrize("folder", ["web", "tests/second_opinion"])
def test_npm_lock_names_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_product_needs_no_npm_to_start() -> None:
    package = json.loads((ROOT / "web" / "package.json").read_text())

    assert package.get("dependencies", {}) == {}
    assert list(package["optionalDependencies"]) == ["@mediapipe/selfie_segmentation", "esbuild"]


def test_no_lock_that_binds_to_a_mirror_is_kept() -> None:
    assert not (ROOT / "uv.lock").exists()
