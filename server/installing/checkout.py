"""Where things lie in the checkout, how a start refuses, and that one start installs at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ROOMS = ("booking", "identity", "signalling", "web", "server", "tests", "bench")


class Refused(Exception):
    """A start that cannot go on; its text says what the person at the keyboard can do."""


def rooms_present() -> list[str]:
    """List the folders of ours that are there."""
    return [room for room in ROOMS if (ROOT / room).is_dir()]


@contextmanager
def only_one() -> Iterator[None]:
    """Let one installation at a time work on the checkout; the kernel frees the lock of whoever dies."""
    with (ROOT / ".bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Tell what takes its time, at once."""
    print(f"kohtaamo: {text}", flush=True)
