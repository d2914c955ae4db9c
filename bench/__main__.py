"""`python -m bench [NAME …]`: measure all figures, or those named; one line each, and a JSON file."""

import asyncio
import json
import platform
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.book import book
from bench.due import due
from bench.figure import Figure
from bench.practice import practice
from bench.relay import relay
from bench.sight import join, page_turn
from bench.slots import slots
from bench.sockets import sockets

RESULTS = Path(__file__).parent / "results"
Benchmark = Callable[[], Awaitable[Sequence[Figure]]]
BENCHMARKS: Mapping[str, Benchmark] = {
    "join": join,
    "page-turn": page_turn,
    "relay": relay,
    "sockets": sockets,
    "practice": practice,
    "book": book,
    "slots": slots,
    "due": due,
}


def main(arguments: Sequence[str]) -> int:
    """Return 2 for a name that is none; a figure that falls short is told, and is no failure."""
    unknown = [name for name in arguments if name not in BENCHMARKS]
    if unknown:
        print(f"usage: python -m bench [{'|'.join(BENCHMARKS)}] …", file=sys.stderr)
        return 2
    figures = asyncio.run(_measure(arguments or list(BENCHMARKS)))
    kept = _keep(figures)
    print(f"\nkept as {kept.relative_to(Path.cwd()) if kept.is_relative_to(Path.cwd()) else kept}\n")
    for figure in figures:
        print(figure.line())
    return 0


async def _measure(names: Sequence[str]) -> list[Figure]:
    figures: list[Figure] = []
    for name in names:
        print(f"{name} …", flush=True)
        figures.extend(await BENCHMARKS[name]())
    return figures


def _keep(figures: Sequence[Figure]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    path = RESULTS / f"{at:%Y%m%dT%H%M%SZ}.json"
    content = {
        "at": at.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "figures": [figure.record() for figure in figures],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
