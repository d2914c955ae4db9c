"""Bring a fresh machine to where a command can run, with nothing but Python's standard library.

`python3 server/bootstrap.py run|test|slow|check|bench`; the Makefile only forwards to it. What was installed
is remembered in stamps inside `.venv`, written last: a start that was killed in the middle is begun again
and a second start reads the stamp and nothing else.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

# Started by its path, before anything is installed: what must be found is the checkout, not this folder.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from server.installing.checkout import PYTHON, ROOT, VENV, Refused, rooms_present
from server.installing.javascript import parts_of_pages, second_opinion, typescript
from server.installing.mail_server import bring_mail_server
from server.installing.packages import DEV, RUNTIME, install
from server.installing.programs import install_programs
from server.installing.summary import Line, report, run_check, run_tests

OLDEST = (3, 11)
MOST_SECOND_LOOKS = 3
"""So many tests of a stage may fail and be run once more, alone: see tests/README.md."""


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; every way to fail ends in one sentence on standard error."""
    require_python()
    commands = {"run": run, "test": test, "slow": slow, "check": check, "bench": bench}
    if not arguments or arguments[0] not in commands:
        print(f"usage: python3 server/bootstrap.py {'|'.join(commands)}", file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]](arguments[1:])
    except Refused as refused:
        print(f"kohtaamo: {refused}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kohtaamo: stopped.", file=sys.stderr)
        return 130


def require_python() -> None:
    """Hand over to a newer Python where this one is too old, or say what is needed."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "kohtaamo: Python 3.11 or newer is needed; on Debian 12 or newer `apt-get install python3` brings it."
    )


def run(arguments: Sequence[str]) -> int:
    """Serve the demo; HOST, PORT and LAN travel in the environment."""
    install(RUNTIME)
    parts_of_pages()
    command = VENV / "bin" / "kohtaamo"
    sys.stdout.flush()
    os.execv(command, [str(command), "demo", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Run all but the slow tests: first what is quick, then the journeys; two at once."""
    install(DEV)
    install_programs()
    bring_mail_server()
    parts_of_pages()
    second_opinion()
    everything = ["-m", "not slow", "-n", "2", "--dist", "loadfile", "--ignore=tests/journeys", *arguments]
    lines = [run_tests("tests", everything, most_second_looks=MOST_SECOND_LOOKS)]
    if (ROOT / "tests" / "journeys").is_dir():
        journeys = ["-m", "not slow", "-n", "2", "--dist", "worksteal", "tests/journeys", *arguments]
        lines.append(run_tests("journeys", journeys, most_second_looks=MOST_SECOND_LOOKS))
    return report(lines)


def slow(arguments: Sequence[str]) -> int:
    """Run the slow tests, one after another; they print their figures."""
    install(DEV)
    install_programs()
    bring_mail_server()
    parts_of_pages()
    return report([run_tests("slow", ["-m", "slow or timed", "--capture=no", *arguments], may_be_empty=True)])


def check(arguments: Sequence[str]) -> int:
    """Read the code without running it: style, types, JavaScript types, the plan of the house."""
    install(DEV)
    python = str(PYTHON)
    checks = {
        "ruff": [python, "-m", "ruff", "check", *arguments, "."],
        "format": [python, "-m", "ruff", "format", "--check", "--output-format", "concise", "."],
        "mypy": [python, "-m", "mypy", *rooms_present()],
        "house": [python, "-m", "pytest", "-q", "tests/house"],
    }
    return report([*(run_check(name, command) for name, command in checks.items()), check_javascript()])


def check_javascript() -> Line:
    """Check the types of what browsers run; this alone needs npm."""
    try:
        return run_check("tsc", [str(typescript()), "-p", "web"])
    except Refused as refused:
        return Line("tsc", is_good=False, text=str(refused), seconds=0.0)


def bench(arguments: Sequence[str]) -> int:
    """Measure, and leave this process to what measures."""
    install(DEV)
    install_programs()
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", "bench", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
