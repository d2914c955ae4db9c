"""Run tests and checks, and end with one summary."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from server.installing.checkout import PYTHON, ROOT

NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Line:
    """One line of the summary: what ran, how it ended, how long it took."""

    name: str
    is_good: bool
    text: str
    seconds: float


def run_tests(name: str, options: Sequence[str], *, may_be_empty: bool = False) -> Line:
    """Run pytest once and count from its own report."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kohtaamo-") as folder:
        counts = Path(folder) / "counts.xml"
        command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={counts}", *options]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        text = count(counts) if counts.exists() else f"pytest ended with status {status}"
    is_good = status == 0 or (may_be_empty and status == NOTHING_COLLECTED)
    return Line(name, is_good, text, time.monotonic() - began)


def count(counts: Path) -> str:
    """Say how many tests ended how."""
    suite = ET.parse(counts).getroot().find("testsuite")
    if suite is None:
        return "no counts"
    total, failures, errors, skipped = (
        int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")
    )
    passed = total - failures - errors - skipped
    return f"{passed} passed, {failures} failed, {errors} in error, {skipped} left out"


def run_check(name: str, command: Sequence[str]) -> Line:
    """Run one check and let it speak for itself."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    text = "clean" if status == 0 else f"exit status {status}"
    return Line(name, status == 0, text, time.monotonic() - began)


def report(lines: Sequence[Line]) -> int:
    """Print the one summary; any line that is not good makes the exit status 1."""
    print()
    for line in lines:
        print(f"{'ok  ' if line.is_good else 'FAIL'} {line.name:<9} {line.seconds:6.1f} s  {line.text}")
    return 0 if all(line.is_good for line in lines) else 1
