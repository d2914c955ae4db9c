"""Bundles the scripts of a page that people wait for: a browser pays for each file, kept or not.

esbuild does it, which npm brings; where it is not there, the same scripts are served one by one.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

MODULES = Path(__file__).parent / "node_modules"
PATIENCE_SECONDS = 30.0


def bundled(folder: Path, entries: Sequence[str], modules: Path = MODULES) -> dict[str, bytes]:
    """Return what takes the entries' places, by path, in half the bytes.

    What one of them imports later is in it, and runs later.
    Nothing without esbuild.
    Raises CalledProcessError where a script is broken.
    """
    # The program itself: what npm lays into .bin needs Node.js beside it.
    esbuild = next(modules.glob("@esbuild/*/bin/esbuild"), None)
    if esbuild is None or not entries:
        return {}
    with TemporaryDirectory() as name:
        how = ("--bundle", "--minify", "--format=esm", "--charset=utf8", "--log-level=error")
        where = (f"--outdir={name}", "--outbase=.")
        command = (str(esbuild.resolve()), *entries, *how, *where)
        subprocess.run(command, cwd=folder, check=True, timeout=PATIENCE_SECONDS)
        return {path.relative_to(name).as_posix(): path.read_bytes() for path in Path(name).rglob("*.js")}
