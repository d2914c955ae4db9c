"""A copy of what git tracks here, and what one test says in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.faults.fault import Fault
from tests.house.source import ROOT

AN_ASSERTION = ("AssertionError", "assert ", "Failed:")
"""How a message begins when an expectation was not met; the last is pytest's own, of `raises` and `fail`."""


TOOLS = ".tools"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a run of pytest ended: its exit code, cases passed and left out, and what those that failed said.

    What broke outside of a test's own lines is an error, not a failure.
    """

    code: int
    passed: int
    left_out: int
    failures: tuple[str, ...]
    errors: int
    output: str

    @property
    def is_good(self) -> bool:
        return self.code == 0 and self.passed > 0

    @property
    def is_left_out(self) -> bool:
        return self.code == 0 and self.passed == 0 and self.left_out > 0

    @property
    def saw_it(self) -> bool:
        """Tell whether an expectation was not met, and nothing else went wrong."""
        return (
            self.code == 1
            and not self.errors
            and bool(self.failures)
            and all(message.startswith(AN_ASSERTION) for message in self.failures)
        )


def copy_tracked(folder: Path) -> Path:
    """Copy the files that git tracks, as they are here now, and return where they are.

    The programs that were brought for the tests, such as a mail server, are the ones from here.
    """
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / TOOLS).symlink_to(ROOT / TOOLS)
    return folder


def put_in(fault: Fault, folder: Path) -> None:
    """Put a fault into a copy. Raises LookupError when its place is not found."""
    file = folder / fault.file
    file.write_text(fault.put_into(file.read_text()))


def run_test(folder: Path, test: str) -> Said:
    """Run one test in a copy, by the interpreter that runs this one."""
    report = folder / "report.xml"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        test,
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
    ]
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    return _said(done.returncode, report, done.stdout + done.stderr)


def _said(code: int, report: Path, output: str) -> Said:
    cases = list(ET.parse(report).iter("testcase")) if report.exists() else []
    failures = tuple(str(one.get("message")) for case in cases for one in case.findall("failure"))
    errors = sum(case.find("error") is not None for case in cases)
    left_out = sum(case.find("skipped") is not None for case in cases)
    return Said(
        code=code,
        passed=len(cases) - len(failures) - errors - left_out,
        left_out=left_out,
        failures=failures,
        errors=errors,
        output=output,
    )
