"""What asks by `:has()` for something inside of it is worked out anew at each change in there."""

import re

from web.static import STATIC

WIDE = re.compile(r"(?:^|[\s,>(])(?:html|body|main|\.meeting|\.meeting-page)(?![\w-])[^\s,{]*?:has\(")


def test_neither_the_page_nor_the_whole_meeting_asks_what_is_inside_of_it() -> None:
    asks = {
        (each.name, line.strip())
        for each in sorted((STATIC / "css").glob("*.css"))
        for line in each.read_text().splitlines()
        if WIDE.search(line)
    }

    assert asks == set()


def test_the_search_finds_what_it_is_for() -> None:
    for line in ("body:has(.a) {", '.meeting[data-view="table"]:has(.b) .c {', ".wide main:not(:has(.d)) {"):
        assert WIDE.search(line), line
    assert not WIDE.search(".meeting .live:has(.e) {")
    assert not WIDE.search("main section:has(form) {")
