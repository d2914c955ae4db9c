"""Make `.venv` hold what the requirements pin, once, and know that it does."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from server.installing.checkout import PYTHON, ROOT, VENV, Refused, only_one, rooms_present, say
from server.installing.tools import PIP_OPTIONS, find_uv, make_venv, real_python

RUNTIME = ROOT / "server" / "requirements.txt"
DEV = ROOT / "server" / "requirements-dev.txt"


def install(requirements: Path) -> None:
    """Make `.venv` hold the requirements, unless its stamp says that it does."""
    if is_installed(requirements):
        return
    with only_one():
        if is_installed(requirements):
            return
        say("Installing Python packages; the first time takes about half a minute.")
        uv = find_uv()
        if uv is None or not install_by_uv(uv, requirements):
            install_by_pip(requirements)
        subprocess.run([PYTHON, "-m", "compileall", "-q", *rooms_present()], cwd=ROOT, check=False)
        for stamped in {RUNTIME, requirements}:  # the requirements for tests hold all of the others
            stamp_path(stamped).write_text(stamp(stamped))


def is_installed(requirements: Path) -> bool:
    """Compare the stamp with what would be installed now."""
    path = stamp_path(requirements)
    return path.exists() and path.read_text() == stamp(requirements)


def stamp_path(requirements: Path) -> Path:
    """Say where the stamp of a set of requirements lies."""
    return VENV / f".stamp-{requirements.stem}"


def stamp(requirements: Path) -> str:
    """Digest all that decides what `.venv` must hold; the place too, because scripts in it name it."""
    digest = hashlib.sha256(f"{foundation()}\n".encode())
    for file in (requirements, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def foundation() -> str:
    """Name the Python and the place that a virtual environment is built on; a security update keeps both."""
    return f"{sys.implementation.cache_tag} {Path(real_python()).resolve()}\n{ROOT}"


def install_by_uv(uv: Path, requirements: Path) -> bool:
    """Install with uv, which takes seconds; False when it cannot, a mirror for pip alone being one reason."""
    environment = {
        **os.environ,
        "UV_COMPILE_BYTECODE": "1",
        "UV_LINK_MODE": "copy",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    install = [str(uv), "pip", "install", "--quiet", "--no-config", "--python", str(PYTHON)]
    steps = [
        [*install, *PIP_OPTIONS, str(requirements)],
        [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ]
    if not is_founded():
        steps.insert(
            0, [str(uv), "venv", "--quiet", "--no-config", "--clear", "--python", real_python(), str(VENV)]
        )
    for step in steps:
        if subprocess.run(step, cwd=ROOT, env=environment, check=False).returncode != 0:
            return False
    (VENV / ".foundation").write_text(foundation())
    return True


def install_by_pip(requirements: Path) -> None:
    """Install with pip, which is slower and heeds pip's own settings."""
    say("uv could not install the packages; trying pip, which takes a minute or two.")
    make_venv(VENV)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pinned = [*PIP_OPTIONS, str(requirements)]
    ours = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    for options in (pinned, ours):
        if subprocess.run([*install, *options], cwd=ROOT, check=False).returncode != 0:
            raise Refused(
                "the Python packages could not be installed; is the network or the package mirror down?"
            )
    (VENV / ".foundation").write_text(foundation())


def is_founded() -> bool:
    """Say whether `.venv` was made whole by this Python at this place."""
    path = VENV / ".foundation"
    return PYTHON.exists() and path.exists() and path.read_text() == foundation()
