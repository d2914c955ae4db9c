"""Give up, in the process that calls it, all that reading a hostile file does not need."""

import ctypes
import os
import resource
import signal
import struct
from collections.abc import Iterable
from pathlib import Path

_MEMORY_BYTES = 700 * 1024 * 1024
_CPU_SECONDS = 10
_OPEN_FILES = 32

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000

# Landlock (Linux 5.13 and later): its calls have these numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_ALL_FILE_ACCESS = (1 << 13) - 1
_READ = (1 << 2) | (1 << 3)
_TCP = (1 << 0) | (1 << 1)

_libc = ctypes.CDLL(None, use_errno=True)


def confine(readable: Iterable[Path]) -> None:
    """Set limits, cut off the network, and leave only some folders readable.

    To be called before a byte of the file is read, while there is one thread.
    Limits always hold; a kernel that forbids new user namespaces or knows no
    Landlock leaves out that one layer, because a container often forbids it.
    """
    _set_limits()
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
    _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    _close_file_system(readable)


def _set_limits() -> None:
    _limit(resource.RLIMIT_AS, _MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, _CPU_SECONDS)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    os.nice(5)


def _limit(what: int, most: int) -> None:
    """Lower a limit; one that is lower already stays."""
    hard = resource.getrlimit(what)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (allowed, allowed))


def _close_file_system(readable: Iterable[Path]) -> None:
    version = _libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return
    rights = struct.pack("=Q", _ALL_FILE_ACCESS)
    if version >= 4:
        rights += struct.pack("=Q", _TCP)
    ruleset = _libc.syscall(_CREATE_RULESET, rights, len(rights), 0)
    if ruleset < 0:
        return
    for folder in readable:
        if folder.is_dir():
            _allow_reading(ruleset, folder)
    _libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow_reading(ruleset: int, folder: Path) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    _libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", _READ, descriptor), 0)
    os.close(descriptor)
