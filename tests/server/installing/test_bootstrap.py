"""The start from nothing: what it remembers, what it refuses, and how it counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.installing import packages, programs, summary
from server.installing.summary import Line, count, report

ROOT = Path(__file__).resolve().parents[3]


def bootstrap(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Start it as the Makefile does, with a Python that has none of our packages."""
    python = str(getattr(sys, "_base_executable", sys.executable))
    command = [python, "-S", str(ROOT / "server" / "bootstrap.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_start_without_a_command_says_which_there_are() -> None:
    done = bootstrap()

    assert (done.returncode, done.stderr) == (
        2,
        "usage: python3 server/bootstrap.py run|test|slow|check|bench\n",
    )


def test_makefile_forwards_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()

    assert "\nrun test slow check bench:\n" in makefile


def test_installation_is_done_again_when_what_is_pinned_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("one==1\n")
    monkeypatch.setattr(packages, "VENV", tmp_path)
    packages.stamp_path(requirements).write_text(packages.stamp(requirements))
    assert packages.is_installed(requirements)

    requirements.write_text("one==2\n")

    assert not packages.is_installed(requirements)


def test_installation_is_done_again_where_the_checkout_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = packages.foundation()

    monkeypatch.setattr(packages, "ROOT", tmp_path)

    assert packages.foundation() != before


def test_summary_counts_what_pytest_wrote(tmp_path: Path) -> None:
    counts = tmp_path / "counts.xml"
    counts.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')

    assert count(counts) == "3 passed, 1 failed, 2 in error, 3 left out"


ONCE = """
from pathlib import Path

WALKED = Path(__file__).with_suffix(".walked")


def test_stumbles_once():
    stumbles = not WALKED.exists()
    WALKED.touch()
    assert not stumbles


def test_falls():
    assert {falls} is False
"""


@pytest.mark.parametrize(
    ("falls", "most", "is_good", "ending"),
    [
        (False, 1, True, "a second look at test_one.py::test_stumbles_once: 1 passed, 0 failed"),
        (True, 2, False, "test_one.py::test_falls: 1 passed, 1 failed"),
        (True, 1, False, "0 passed, 2 failed, 0 in error, 0 left out"),
        (False, 0, False, "1 passed, 1 failed, 0 in error, 0 left out"),
    ],
)
def test_few_that_fail_are_looked_at_once_more_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, falls: bool, most: int, is_good: bool, ending: str
) -> None:
    (tmp_path / "test_one.py").write_text(ONCE.replace("{falls}", str(falls)))
    monkeypatch.setattr(summary, "ROOT", tmp_path)

    line = summary.run_tests("journeys", ["test_one.py"], most_second_looks=most)

    assert (line.is_good, ending in line.text) == (is_good, True)


@pytest.mark.parametrize(("is_good", "status"), [(True, 0), (False, 1)])
def test_one_bad_line_makes_the_whole_bad(is_good: bool, status: int) -> None:
    assert report([Line("a", True, "", 0.0), Line("b", is_good, "", 0.0)]) == status


@pytest.mark.parametrize(("ci", "ending"), [("true", "1 failed"), ("", "1 skipped")])
def test_left_out_test_is_a_failure_where_nobody_reads_the_reasons(
    tmp_path: Path, ci: str, ending: str
) -> None:
    file = tmp_path / "test_left_out.py"
    file.write_text('import pytest\n\n\ndef test_something():\n    pytest.skip("the thing is missing")\n')
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "--rootdir",
        str(tmp_path),
        str(file),
    ]

    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "CI": ci}
    )

    assert ending in done.stdout


def test_both_browsers_are_brought_where_they_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "firefox").touch(mode=0o755)
    with_firefox = programs.missing_programs()
    (tmp_path / "firefox").unlink()

    missing = programs.missing_programs()

    assert {"chromium", "firefox-esr"} <= set(missing)
    assert "firefox-esr" not in with_firefox
