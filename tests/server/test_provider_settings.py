"""Each provider is given its own variables, and nobody else's."""

from pathlib import Path

import pytest

from server.provider_settings import provider_settings


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
