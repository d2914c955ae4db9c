"""Install the programs that are not Python packages, by Debian's own means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from server.installing.checkout import Refused, only_one, say

# Debian's packages start their services when installed. Both files stand for the moment of installing only.
APT_SCRIPT = """
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.d/kohtaamo.conf
clean() { if grep -qs kohtaamo "$policy"; then rm -f "$policy"; fi; rm -f "$cluster"; }
trap clean EXIT
trap 'exit 130' INT TERM
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\\n# kohtaamo: no service starts by itself\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
mkdir -p "${cluster%/*}"
printf 'create_main_cluster = false\\n' > "$cluster"
export DEBIAN_FRONTEND=noninteractive
apt-get -q update || echo 'The package lists could not be renewed; going on with the old ones.' >&2
apt-get -q install -y --no-install-recommends "$@"
for package in "$@"; do
  case "$package" in coturn | postgresql) systemctl --quiet disable "$package" 2>/dev/null || true ;; esac
done
"""


def install_programs() -> None:
    """Bring the browsers, the database and the relay that tests start for themselves."""
    missing = missing_programs()
    if not missing:
        return
    with only_one():
        missing = missing_programs()
        if missing:
            apt_install_or_say(missing)


def missing_programs() -> list[str]:
    """List the Debian packages of the programs that are not here."""
    present = {
        "chromium": shutil.which("chromium") is not None,
        "firefox-esr": shutil.which("firefox-esr") is not None or shutil.which("firefox") is not None,
        "postgresql": any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "coturn": shutil.which("turnserver") is not None,
        "fonts-dejavu-core": Path("/usr/share/fonts/truetype/dejavu").is_dir(),
    }
    return [package for package, is_here in present.items() if not is_here]


def apt_install_or_say(packages: Sequence[str]) -> None:
    """Install, or go on without: tests that miss a program are left out, which CI=true makes a failure."""
    try:
        apt_install(packages)
    except Refused as refused:
        say(f"{refused} Going on; the tests that need it are left out.")


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages so that no service of theirs starts and no port is taken."""
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Refused(f"this machine has no apt-get: please install by its own means {', '.join(packages)}.")
    say(f"Installing {', '.join(packages)} with apt-get.")
    if (
        subprocess.run([*as_root(line), "sh", "-ec", APT_SCRIPT, "sh", *packages], check=False).returncode
        != 0
    ):
        raise Refused(f"apt-get could not install it; see above, or type yourself: sudo {line}")


def as_root(line: str) -> list[str]:
    """Find the way to root's rights; a password is asked for only where somebody can type it."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
            return ["sudo", "-n"]
        if sys.stdin.isatty():
            return ["sudo"]
    raise Refused(f"root's rights are needed once; please type as root: {line}")
