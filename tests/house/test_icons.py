"""Every picture that a template names is one that there is."""

import re
from pathlib import Path

WEB = Path(__file__).parent.parent.parent / "web"


def test_every_icon_is_drawn() -> None:
    drawn = set(re.findall(r'^  "([a-z-]+)": \'<', (WEB / "templates/icons.html").read_text(), re.MULTILINE))
    templates = "\n".join(one.read_text() for one in (WEB / "templates").rglob("*.html"))
    named = set(re.findall(r'icon\("([a-z-]+)"', templates))

    assert len(named) > 10
    assert named - drawn == set()
