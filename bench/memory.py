"""How much memory a process holds, as the kernel counts it (proc(5))."""

import re
from pathlib import Path

_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)


def resident_kb(pid: int) -> int:
    """Return what of it is in memory now, in kibibytes; children are not counted."""
    return resident(Path(f"/proc/{pid}/status").read_text())


def resident(status: str) -> int:
    found = _RESIDENT.search(status)
    assert found is not None, "a process that has ended holds nothing"
    return int(found[1])
