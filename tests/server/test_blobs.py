"""Files of documents: whole or not at all, and private."""

from pathlib import Path
from uuid import UUID

import pytest

from server.blobs import FileBlobs

PAPER = UUID(int=7)
OTHER = UUID(int=8)


async def test_what_was_put_is_got_again_and_put_anew_replaces_it(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path / "documents")
    await blobs.put(PAPER, "page-1", b"old")

    await blobs.put(PAPER, "page-1", b"new")

    assert await blobs.get(PAPER, "page-1") == b"new"
    assert await blobs.get(PAPER, "page-2") is None
    assert await blobs.get(OTHER, "page-1") is None


async def test_files_are_for_the_server_alone(tmp_path: Path) -> None:
    await FileBlobs(tmp_path / "documents").put(PAPER, "original", b"%PDF-")

    file = tmp_path / "documents" / str(PAPER) / "original"
    modes = [oct(path.stat().st_mode & 0o777) for path in (file, file.parent, file.parent.parent)]

    assert modes == ["0o600", "0o700", "0o700"]


async def test_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    await blobs.put(PAPER, "page-1", b"old")

    with pytest.raises(TypeError):
        await blobs.put(PAPER, "page-1", "no bytes")  # type: ignore[arg-type]

    assert [path.name for path in (tmp_path / str(PAPER)).iterdir()] == ["page-1"]
    assert await blobs.get(PAPER, "page-1") == b"old"


async def test_removing_takes_one_file_or_all_and_spares_other_documents(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    for document_id in (PAPER, OTHER):
        for name in ("original", "page-1"):
            await blobs.put(document_id, name, b"x")

    await blobs.remove(PAPER, "original")
    await blobs.remove(PAPER, "original")
    await blobs.remove_all(OTHER)

    assert await blobs.get(PAPER, "original") is None
    assert await blobs.get(PAPER, "page-1") == b"x"
    assert not (tmp_path / str(OTHER)).exists()


@pytest.mark.parametrize("name", ["", "../original", "page/1", ".page-1", "page-1.webp", "page-\n1"])
async def test_name_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        await FileBlobs(tmp_path).put(PAPER, name, b"x")
