"""Each provider is given its own variables, and nobody else's."""

from pathlib import Path

import pytest

from server.provider_settings import provider_settings
from server.settings import BadSettings


def test_a_provider_reads_its_variables_without_the_prefix_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "KOHTAAMO_MOBILE_ID_URL=https://file.example\nKOHTAAMO_MOBILE_ID_AP_ID=from-file\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOHTAAMO_MOBILE_ID_URL", "https://operator.example")
    monkeypatch.setenv("KOHTAAMO_MOBILE_URL", "https://another.example")
    monkeypatch.setenv("KOHTAAMO_SECRET", "nobody else's")

    assert provider_settings("mobile-id") == {"URL": "https://operator.example", "AP_ID": "from-file"}


def test_what_is_long_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "statement.jwt").write_text("a.b.c\n")
    monkeypatch.setenv("KOHTAAMO_FTN_ENTITY_STATEMENT_FILE", str(tmp_path / "statement.jwt"))

    assert provider_settings("ftn") == {"ENTITY_STATEMENT": "a.b.c\n"}


def test_a_file_that_is_not_there_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOHTAAMO_FTN_JWKS_FILE", "/nowhere/at/all")

    with pytest.raises(BadSettings, match="KOHTAAMO_FTN_JWKS_FILE names a file"):
        provider_settings("ftn")
