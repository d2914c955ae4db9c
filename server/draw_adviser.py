"""Draws the practice adviser: `python -m server.draw_adviser` writes practice_adviser.bin anew."""

from pathlib import Path

from signalling.practice.recording import Recording, draw, unpacked

ADVISER = Path(__file__).with_name("practice_adviser.bin")


def drawn_adviser() -> Recording:
    """Return the adviser as they were drawn."""
    return unpacked(ADVISER.read_bytes())


if __name__ == "__main__":
    ADVISER.write_bytes(draw().packed())
