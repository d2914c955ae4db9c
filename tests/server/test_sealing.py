"""What is sealed opens with the same secret, for the same purpose, unchanged."""

import pytest

from server.sealing import BrokenSeal, Sealer

SECRET = b"a secret of at least sixteen bytes"


def test_what_was_sealed_comes_back() -> None:
    sealer = Sealer(SECRET)

    sealed = sealer.seal(b"token", purpose="link 1")

    assert Sealer(SECRET).open(sealed, purpose="link 1") == b"token"
    assert b"token" not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    sealer = Sealer(SECRET)

    assert sealer.seal(b"token", purpose="link") != sealer.seal(b"token", purpose="link")


def test_another_purpose_another_secret_and_a_changed_byte_break_the_seal() -> None:
    sealer = Sealer(SECRET)
    sealed = sealer.seal(b"token", purpose="link 1")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])

    with pytest.raises(BrokenSeal):
        sealer.open(sealed, purpose="link 2")
    with pytest.raises(BrokenSeal):
        Sealer(SECRET[::-1]).open(sealed, purpose="link 1")
    for broken in (changed, b"", b"\x01", b"\x02" + sealed[1:], sealed[:20]):
        with pytest.raises(BrokenSeal):
            sealer.open(broken, purpose="link 1")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Sealer(b"too short")
