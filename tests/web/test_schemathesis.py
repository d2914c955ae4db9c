"""Schemathesis calls the API with whatever its description allows and forbids, and finds nothing."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.web.face_house import FaceHouse, face_house
from web.public_site import Allowance

HOOKS = "tests.web.schemathesis_hooks"
EXAMPLES = 20
MANY = 300
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
    "use_after_free",
    "ensure_resource_availability",
)
GENEROUS = Allowance(
    posts_a_minute=10**6, pages_a_minute=10**6, unknown_keys_a_minute=10**6, api_calls_a_second=10**4
)

# What one field cannot say of another: a period runs forward, and holds 62 days at most.
SETTINGS = """
[[operations]]
include-path-regex = "/(slots|attendance|refill)$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "403", "404", "422"]
"""


async def found(house: FaceHouse, folder: Path, examples: int) -> tuple[int, str]:
    """Run schemathesis against a house; return its exit status and what it printed."""
    program = await house.program("all")
    (folder / "schemathesis.toml").write_text(SETTINGS)
    arguments = (
        "run",
        f"{house.origin}/api/v1/openapi.json",
        f"--header=Authorization: Bearer {program.key}",
        f"--checks={','.join(CHECKS)}",
        f"--max-examples={examples}",
        "--seed=20261123",
        "--continue-on-failure",
        "--generation-database=none",
        "--warnings=off",
    )
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": HOOKS, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "schemathesis.cli",
        *arguments,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()


async def test_a_few_calls_of_each_kind_find_nothing(tmp_path: Path) -> None:
    async with face_house(tmp_path, allowance=GENEROUS) as house:
        status, printed = await found(house, tmp_path, EXAMPLES)

    assert status == 0, printed


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_hundreds_of_calls_of_each_kind_find_nothing(tmp_path: Path) -> None:
    async with face_house(tmp_path, allowance=GENEROUS) as house:
        status, printed = await found(house, tmp_path, MANY)

    print(printed.splitlines()[-1])
    assert status == 0, printed
