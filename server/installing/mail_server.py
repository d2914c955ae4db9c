"""Bring a mail server and a mailbox to the tests: unpacked beside the tools, and installed nowhere.

A machine has one mail server at most, and Debian's packages push each other out; ours needs no root either.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from server.installing.checkout import ROOT, only_one, say

MAIL_SERVER = ROOT / ".tools" / "mail"
PACKAGES = ("exim4-daemon-light", "libnss-wrapper", "dovecot-imapd")
STAMP = "packages"

# Lists and downloads of our own: the machine's are root's. What Exim needs and the machine lacks comes along.
APT_SCRIPT = """
folder=$1; shift
mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/unpacked"
ours() {
  apt-get -q -y -o Debug::NoLocking=1 -o APT::Sandbox::User=root -o Dir::State::lists="$folder/lists" \\
    -o Dir::Cache="$folder" -o Dir::Cache::archives="$folder/archives" "$@"
}
ours update
ours install --download-only --reinstall --no-install-recommends "$@"
for package in "$folder"/archives/*.deb; do dpkg -x "$package" "$folder/unpacked"; done
chmod -R u-s,g-s "$folder/unpacked"
"""


def bring_mail_server() -> None:
    """Download and unpack it, or go on without: its tests are left out, which CI=true makes a failure."""
    if is_here(MAIL_SERVER) or shutil.which("apt-get") is None:
        return
    with only_one():
        if not is_here(MAIL_SERVER):
            say(f"Downloading {', '.join(PACKAGES)} with apt-get, for the tests alone.")
            if not download(MAIL_SERVER):
                say("The mail server could not be downloaded. Going on; the tests that need it are left out.")


def is_here(target: Path) -> bool:
    """Tell whether all that is asked for now has been unpacked at a place."""
    stamp = target / STAMP
    return stamp.exists() and stamp.read_text().split() == list(PACKAGES)


def download(target: Path) -> bool:
    """Put the unpacked packages at a place, whole or not at all."""
    work = target.with_name(f"{target.name}.part")
    shutil.rmtree(work, ignore_errors=True)
    command = ["sh", "-ec", APT_SCRIPT, "sh", str(work), *PACKAGES]
    is_good = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    if is_good:
        (work / "unpacked" / STAMP).write_text("\n".join(PACKAGES))
        shutil.rmtree(target, ignore_errors=True)
        (work / "unpacked").rename(target)
    shutil.rmtree(work, ignore_errors=True)
    return is_good
