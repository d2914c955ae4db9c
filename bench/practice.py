"""Practices beside one real call on this machine: what the call's packets feel of them."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.figure import Figure
from bench.spread import percentile, spread
from server.media_client import MediaClient, MediaProcess, socket_in
from signalling.precall.running import TestLimits
from tests.instances.coturn import Turn, running_turn

LIMIT = TestLimits().at_once
STEPS = (LIMIT // 3, LIMIT // 2, LIMIT, LIMIT * 3 // 2, LIMIT * 2)
ROUNDS = 3
SECONDS = 6.0
GAP_TARGET = 1.2
ENOUGH = 0.9
"""A practice whose pictures come so often can be followed; one that starves does not fit."""
USER, PASSWORD = "call", "of-the-benchmark-alone"


async def practice() -> Sequence[Figure]:
    """Measure a call alone and beside ever more practices, in turns, until it feels them or they starve."""
    fit, figures = 0, []
    async with _machine() as (socket, turn):
        for count in STEPS:
            figure, share = await _step(socket, turn, count)
            figures.append(figure)
            if not (figure.is_ok and share >= ENOUGH):
                break
            fit = count
    fits = Figure(
        name="practice-fit", value=fit, unit="practices at once", target=LIMIT, more_is_better=True, detail={}
    )
    return (*figures, fits)


async def _step(socket: Path, turn: Turn, count: int) -> tuple[Figure, float]:
    alone: list[float] = []
    beside: list[float] = []
    shares: list[float] = []
    for _ in range(ROUNDS):
        alone.append(await _gap(turn))
        async with _practising(socket, count) as shown:
            beside.append(await _gap(turn))
        shares.extend(shown)
    figure = Figure(
        name=f"practice-gap-{count}",
        value=median(beside) / median(alone),
        unit="× the call's p99 gap alone",
        target=GAP_TARGET,
        detail={"ours": spread(beside), "floor": spread(alone), "pictures": spread(shares)},
    )
    return figure, median(shares)


async def _gap(turn: Turn) -> float:
    """Talk for some seconds, and return the 99th percentile of the gaps between packets of sound, in ms."""
    call = await _started("bench.relayed_call", str(turn.port), USER, PASSWORD, str(SECONDS))
    printed, _ = await call.communicate()
    return percentile(json.loads(printed), 99)


@asynccontextmanager
async def _practising(socket: Path, count: int) -> AsyncIterator[list[float]]:
    """Have so many practise; what is yielded holds afterwards which share of the pictures reached them."""
    shown: list[float] = []
    process = await _started("bench.practising", str(socket), str(count))
    assert process.stdin
    assert process.stdout
    await process.stdout.readline()
    yield shown
    process.stdin.write(b"\n")
    shown.append(float(await process.stdout.readline()))
    await process.wait()


@asynccontextmanager
async def _machine() -> AsyncIterator[tuple[Path, Turn]]:
    """Run what a server's machine runs for both: the relay and the process of practices."""
    async with AsyncExitStack() as stack:
        socket = socket_in(Path(stack.enter_context(TemporaryDirectory())))
        turn = await stack.enter_async_context(running_turn("lt-cred-mech", f"user={USER}:{PASSWORD}"))
        process, client = MediaProcess(socket, at_once=max(STEPS)), MediaClient(socket)
        stack.push_async_callback(process.stop)
        await process.start()
        async with asyncio.timeout(30):
            while not await client.is_up():  # noqa: ASYNC110 - there is no event between processes
                await asyncio.sleep(0.05)
        await client.close()
        yield socket, turn


async def _started(module: str, *arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=PIPE, stdout=PIPE
    )
