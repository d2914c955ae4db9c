"""Files of documents in the data folder: written whole or not at all, and readable by nobody else."""

import asyncio
import os
import re
import secrets
import shutil
from pathlib import Path
from uuid import UUID

_NAME = re.compile(r"[a-z]{1,16}(-[0-9]{1,4})?")


class FileBlobs:
    """A folder per document, named by its id; a file's name is a word and perhaps a number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, document_id: UUID, name: str, content: bytes) -> None:
        await asyncio.to_thread(_write, self._path(document_id, name), content)

    async def get(self, document_id: UUID, name: str) -> bytes | None:
        return await asyncio.to_thread(_read, self._path(document_id, name))

    async def remove(self, document_id: UUID, name: str) -> None:
        await asyncio.to_thread(self._path(document_id, name).unlink, missing_ok=True)

    async def remove_all(self, document_id: UUID) -> None:
        await asyncio.to_thread(shutil.rmtree, self._folder / str(document_id), ignore_errors=True)

    def _path(self, document_id: UUID, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a name of a blob: {name!r}")
        return self._folder / str(document_id) / name


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes) -> None:
    """Write beside, bring to disk, and only then rename: a crash leaves the old or the new, never half."""
    _make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _bring_to_disk(path.parent)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    _bring_to_disk(folder.parent)


def _bring_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
