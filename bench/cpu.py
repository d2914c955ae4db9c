"""How much processor time a process has used, as the kernel counts it (proc(5))."""

import os
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_UTIME, _STIME = 11, 12
"""Places in /proc/PID/stat, counted from behind the name, which may hold blanks and brackets."""


def cpu_seconds(pid: int) -> float:
    """Return user and system time of all its threads together; children are not counted."""
    return ticks(Path(f"/proc/{pid}/stat").read_text()) / _TICKS_A_SECOND


def ticks(stat: str) -> int:
    behind_name = stat.rpartition(") ")[2].split()
    return int(behind_name[_UTIME]) + int(behind_name[_STIME])
