"""Find what installs Python packages on machines that come with none of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from server.installing.checkout import ROOT, Refused
from server.installing.programs import apt_install

TOOLS = ROOT / ".tools"
UV = ROOT / "server" / "requirements-uv.txt"
PIP_OPTIONS = ("--no-deps", "--require-hashes", "-r")


def find_uv() -> Path | None:
    """Find uv, or bring the pinned one into the checkout; None when pip must do."""
    ours = TOOLS / "bin" / "uv"
    if ours.exists():
        return ours
    found = shutil.which("uv")
    if found:
        return Path(found)
    python = real_python()
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode != 0:
        make_venv(TOOLS / "pip")
        python = str(TOOLS / "pip" / "bin" / "python")
    # A folder of its own is allowed where Debian guards its Python against pip (PEP 668).
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    subprocess.run([*command, "--target", TOOLS, *PIP_OPTIONS, UV], env=environment, check=False)
    return ours if ours.exists() else None


def make_venv(folder: Path) -> None:
    """Make a virtual environment by Python's own means; Debian ships those means apart."""
    command = [real_python(), "-m", "venv", "--clear", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)  # a failed attempt leaves half of one behind
    apt_install(["python3-venv"])
    if subprocess.run(command, check=False).returncode != 0:
        raise Refused(
            "Python cannot make a virtual environment; `apt-get install python3-venv` brings what is missing."
        )


def real_python() -> str:
    """Name the Python below any virtual environment that happens to be active."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)
