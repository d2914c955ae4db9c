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


def run_tests(
    name: str, options: Sequence[str], *, may_be_empty: bool = False, most_second_looks: int = 0
) -> Line:
    """Run pytest and count from its own report; where few failed, look a second time, and name them.

    A second look is one more run of those alone, in a process of its own: what fails there too is a failure.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kohtaamo-") as folder:
        counts, again = Path(folder) / "counts.xml", Path(folder) / "again.xml"
        status = _pytest(counts, options)
        text = count(counts) if counts.exists() else f"pytest ended with status {status}"
        seen = failed(counts) if counts.exists() else []
        if 0 < len(seen) <= most_second_looks:
            status = _pytest(again, seen)
            text += f"; a second look at {', '.join(seen)}: {count(again)}"
    is_good = status == 0 or (may_be_empty and status == NOTHING_COLLECTED)
    return Line(name, is_good, text, time.monotonic() - began)


def _pytest(counts: Path, options: Sequence[str]) -> int:
    command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={counts}", *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def failed(counts: Path) -> list[str]:
    """Return what did not pass, by the names that pytest takes."""
    bad = {"failure", "error"}
    cases = [case for case in ET.parse(counts).iter("testcase") if bad & {each.tag for each in case}]
    names = [f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}" for case in cases]
    return list(dict.fromkeys(names))


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
