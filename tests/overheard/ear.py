"""What was heard while tests ran, and every secret that came up: one of each for this process."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from tests.overheard.patterns import shapes_in

TOKEN = re.compile(r"[\w-]{16,}")
SHORTEST = 8
"""What is shorter stands in logs by chance."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a secret stands, and of what kind it is; never the secret."""

    place: str
    kind: str
    said_by: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}, in {self.said_by}"


@dataclass(slots=True)
class Ear:
    """Keeps what it hears in a file, a line for each, with the test and who said it.

    A secret is one of the house, which nobody may be shown, or its holder's own, which stands on their
    pages and nowhere in a log.
    """

    of_house: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    test: str = ""
    lines: int = 0
    path: Path | None = None
    _file: TextIO | None = None

    def plant(self, kind: str, secret: str) -> None:
        """Remember a secret that its holder may see, and no log."""
        if len(secret) >= SHORTEST:
            self.own.setdefault(secret, kind)

    def plant_of_house(self, kind: str, secret: str) -> None:
        """Remember a secret that no answer may hold."""
        if len(secret) >= SHORTEST:
            self.of_house.setdefault(secret, kind)

    def hear_log(self, said_by: str, text: str) -> None:
        self._keep("log", said_by, text)

    def hear_page(self, said_by: str, text: str) -> None:
        """Hear an error page, on which the holder's own secrets may stand."""
        self._keep("page", said_by, text)

    def leaks(self) -> list[Leak]:
        """Search all that was heard."""
        if self._file is None or self.path is None:
            return []
        self._file.flush()
        whole = self.path.read_text(encoding="utf-8")
        planted = self._standing(whole)
        lines = enumerate(whole.split("\n"), 1)
        return [leak for number, line in lines for leak in self._in(f"{self.path}:{number}", line, planted)]

    def forget(self) -> None:
        """Remove the file."""
        if self._file is not None and self.path is not None:
            self._file.close()
            self.path.unlink()
        self._file = self.path = None

    def _keep(self, kind: str, said_by: str, text: str) -> None:
        file = self._file or self._opened()
        for line in text.splitlines():
            file.write(f"{kind}\t{self.test}\t{said_by}\t{line}\n")
            self.lines += 1

    def _opened(self) -> TextIO:
        handle, name = tempfile.mkstemp(prefix="kohtaamo-overheard-", suffix=".log")
        self.path = Path(name)
        self._file = os.fdopen(handle, "w", encoding="utf-8", errors="replace")
        return self._file

    def _standing(self, whole: str) -> Mapping[str, str]:
        """Return those of the planted secrets that stand somewhere; tokens are looked up word by word."""
        words = set(TOKEN.findall(whole))
        return {
            secret: kind
            for secret, kind in {**self.own, **self.of_house}.items()
            if (secret in words if TOKEN.fullmatch(secret) else secret in whole)
        }

    def _in(self, place: str, line: str, planted: Mapping[str, str]) -> Iterator[Leak]:
        kind, test, said_by, text = line.split("\t", 3) if line else ("", "", "", "")
        is_page = kind == "page"
        sought = {secret: name for secret, name in planted.items() if not is_page or secret in self.of_house}
        found = {name for secret, name in sought.items() if secret in text}
        for name in sorted(found | shapes_in(text, is_page=is_page)):
            yield Leak(place, name, f"{said_by} ({test})")


EAR = Ear()
