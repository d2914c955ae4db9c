"""Bring the TypeScript compiler, which checks our JavaScript; the product itself needs no npm."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from server.installing.checkout import ROOT, Refused, only_one, say


def typescript() -> Path:
    """Bring TypeScript by npm where the lock has changed since."""
    web = ROOT / "web"
    compiler = web / "node_modules" / ".bin" / "tsc"
    stamp_file = web / "node_modules" / ".stamp"
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    if compiler.exists() and stamp_file.exists() and stamp_file.read_text() == wanted:
        return compiler
    if shutil.which("npm") is None:
        raise Refused(
            "npm is needed to check JavaScript; `apt-get install nodejs npm` or Node.js 20 brings it."
        )
    with only_one():
        say("Installing TypeScript with npm.")
        if (
            subprocess.run(
                ["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund"], cwd=web, check=False
            ).returncode
            != 0
        ):
            raise Refused(
                "npm could not install TypeScript; see above. `make run` and `make test` do without it."
            )
        stamp_file.write_text(wanted)
    return compiler
