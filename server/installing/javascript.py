"""Bring what comes by npm: what tests need, and parts of pages that the product can do without."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from server.installing.checkout import ROOT, Refused, only_one, say

PATIENCE_MS = 20_000


def typescript() -> Path:
    """Bring the TypeScript compiler, which checks our JavaScript."""
    bring(ROOT / "web", "TypeScript")
    return ROOT / "web" / "node_modules" / ".bin" / "tsc"


def parts_of_pages() -> None:
    """Bring what tells a person from their room, and what bundles scripts; or go on without either."""
    if shutil.which("npm") is None:
        return
    try:
        bring(
            ROOT / "web",
            "the filter of the picture and the bundler",
            "--omit=dev",
            f"--fetch-timeout={PATIENCE_MS}",
        )
    except Refused as refused:
        say(f"{refused} Going on: backgrounds cannot be blurred, and pages come in more files.")


def second_opinion() -> None:
    """Bring the broker that nobody here wrote, or go on; without Node.js its tests are left out."""
    try:
        bring(ROOT / "tests" / "second_opinion", "oidc-provider")
    except Refused as refused:
        say(f"{refused} Going on without.")


def bring(folder: Path, what: str, *options: str) -> None:
    """Install by npm what a folder's lock names, where the lock has changed since; all of it is enough."""
    stamp_file = folder / "node_modules" / ".stamp"
    whole = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    wanted = " ".join((whole, *options))
    if stamp_file.exists() and stamp_file.read_text() in (whole, wanted):
        return
    if shutil.which("npm") is None:
        raise Refused(f"npm is needed for {what}; `apt-get install nodejs npm` or Node.js 20 brings it.")
    with only_one():
        say(f"Installing {what} with npm.")
        command = ["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund", *options]
        if subprocess.run(command, cwd=folder, check=False).returncode != 0:
            raise Refused(f"npm could not install {what}; see above. `make run` does without it.")
        stamp_file.write_text(wanted)
