"""The demo as a user starts it: a process of its own on a free port, with its clock in our hands."""

import asyncio
import json
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from aiohttp import ClientError, ClientSession

from tests.instances.ports import free_port
from tests.overheard.ear import EAR

SOCKETS = shutil.ignore_patterns("media")
_FILLED = TemporaryDirectory(prefix="kohtaamo-filled-")
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Demo:
    """A running demo; `log` is all that it said, `faults` are the lines of it that tell of one."""

    address: str
    data: Path
    clock_file: Path
    environment: dict[str, str]
    pid: int
    faults: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def kill(self) -> None:
        """End the demo as a power cut does; leaving `running_demo` waits for its end."""
        os.kill(self.pid, signal.SIGKILL)

    def now(self) -> datetime:
        """Return the time that the demo believes."""
        return datetime.now(UTC) + timedelta(seconds=float(self.clock_file.read_text()))

    def turn_clock(self, by: timedelta) -> None:
        """Let time pass at once; written in whole, so that no half-written offset is ever read."""
        offset = float(self.clock_file.read_text()) + by.total_seconds()
        draft = self.clock_file.with_suffix(".new")
        draft.write_text(str(offset))
        draft.replace(self.clock_file)

    def turn_clock_to(self, moment: datetime) -> None:
        self.turn_clock(moment - self.now())


@asynccontextmanager
async def running_demo(
    folder: Path,
    *,
    smtp_url: str = "",
    database_url: str = "",
    port: int = 0,
    goes_by_our_clock: bool = True,
    settings: Mapping[str, str] = NOTHING_MORE,
    program: str = "server.cli",
    command: str = "demo",
) -> AsyncIterator[Demo]:
    """Start the demo on a folder's data, wait until it can do its work, and end it as Ctrl-C does.

    With the command `serve` it serves alone, on data that is there, and does no background work.

    Going by our clock, it reads a file at each look at the time, which a benchmark does without.
    """
    port = port or free_port()
    clock_file = folder / "clock"
    if not clock_file.exists():
        clock_file.write_text("0")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOHTAAMO_")} | {
        "PORT": str(port),
        "HOST": "localhost",
        "KOHTAAMO_DATA": str(folder / "data"),
        "KOHTAAMO_CLOCK_FILE": str(clock_file) if goes_by_our_clock else "",
        "KOHTAAMO_SMTP_URL": smtp_url,
        "KOHTAAMO_DATABASE_URL": database_url,
        **settings,
    }
    if command == "demo" and not database_url and not (folder / "data").exists():
        shutil.copytree(await _filled(), folder / "data", ignore=SOCKETS)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *program.split(),
        command,
        env=environment,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
    )
    demo = Demo(f"http://localhost:{port}", folder / "data", clock_file, environment, process.pid)
    listening = asyncio.create_task(_listen(process, demo))
    try:
        await _until_ready(demo, process, "ready" if command == "demo" else "live")
        yield demo
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), timeout=20)
        await listening


async def _filled() -> Path:
    """Return the data of a demo that was started once today and has ended; its past is told from that day."""
    folder = Path(_FILLED.name) / datetime.now(UTC).date().isoformat()
    if not folder.exists():
        draft = folder.with_suffix(".draft")
        (draft / "data").mkdir(parents=True)
        async with running_demo(draft):
            pass
        draft.rename(folder)
    return folder / "data"


async def kohtaamo(demo: Demo, *arguments: str) -> str:
    """Run a command on the demo's data, and return what it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.cli", *arguments, env=demo.environment, stdout=PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed.decode()
    return printed.decode()


async def _until_ready(demo: Demo, process: Process, health: str) -> None:
    async with asyncio.timeout(90), ClientSession() as session:
        while True:
            assert process.returncode is None, f"the demo ended: {demo.faults}"
            try:
                async with session.get(f"{demo.address}/health/{health}") as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.05)


async def _listen(process: Process, demo: Demo) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        text = line.decode(errors="replace").rstrip()
        demo.log.append(text)
        EAR.hear_log(f"the log of process {demo.pid}", text)
        try:
            level = json.loads(text).get("level")
        except ValueError:
            level = "error"
        if level in ("error", "critical"):
            demo.faults.append(text)
