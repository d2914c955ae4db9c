"""No frame of a bare room leaves, whatever becomes of the filter: each is searched for a marker."""

from itertools import islice, product

import pytest

from tests.picture.bare_page import (
    BarePage,
    Seen,
    Start,
    bare_page,
    in_chromium,
    in_chromium_that_draws,
    in_firefox,
)
from tests.picture.own_tab import own_tab
from web.pages.meeting import FILTER
from web.static import Assets

ORDERS = ("throws", "hangs", "lies", "nothing", "closed", "startless", "holds")
EVENTS = (None, "hidden", "camera", "unplugged")
IN_BOTH = pytest.mark.parametrize("start", [in_chromium, in_firefox])
MOMENTS = (1, 2, 5, 6, 7, 12, 20, 25)


async def joined(page: BarePage, order: str, at: int, event: str | None) -> Seen:
    seen = await page.joins(order, at=at, event=event)
    assert seen.frames > 0, f"nothing came in: {order} at {at}, {event}"
    assert seen.marked == 0, f"{order} at {at}, {event}: {seen}"
    return seen


@IN_BOTH
async def test_filter_that_breaks_lets_no_marker_through(start: Start) -> None:
    async with bare_page(start) as page:
        bare = await page.joins("bare")
        seen = [await joined(page, order, 6, "hidden") for order in ("throws", "lies", "hangs")]

    assert bare.marked == bare.frames > 0  # it is there to be seen
    assert all(each.faces > 0 for each in seen)
    assert page.complaints == []


async def test_tab_behind_another_one_sends_the_neutral_picture() -> None:
    async with bare_page(in_chromium) as page:
        browser = page.page.context.browser
        assert browser is not None
        tab = await own_tab(browser, page.page.url)
        await tab.evaluate('void (window.joining = window.join({order: "holds", at: 0, event: "behind"}))')
        await tab.goes_behind()
        seen = await tab.evaluate("window.joining")
        hidden = await tab.evaluate("window.hidden")

    assert hidden["drawn"] == 0  # Chromium takes it for hidden
    assert hidden["frames"] > 0
    assert hidden["faces"] == 0
    assert seen["marked"] == 0


@pytest.mark.slow
@pytest.mark.timeout(1500)
@IN_BOTH
async def test_two_hundred_joins_with_a_filter_that_breaks_on_order_show_no_marker(start: Start) -> None:
    plan = list(islice(product(MOMENTS, EVENTS, ORDERS), 200))

    async with bare_page(start) as page:
        bare = [await page.joins("bare") for _ in range(5)]
        seen = [await joined(page, order, at, event) for at, event, order in plan]

    frames, faces = sum(one.frames for one in seen), sum(one.faces for one in seen)
    print(
        f"\n{page.browser}: {len(seen)} joins, {frames} frames received, {faces} of them filtered, "
        f"{sum(one.marked for one in seen)} with the marker; without the gate "
        f"{sum(one.marked for one in bare)} of {sum(one.frames for one in bare)}"
    )
    assert all(one.marked == one.frames > 0 for one in bare)
    assert len(seen) == 200
    assert faces > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(Assets().find(FILTER) is None, reason="npm has not brought the filter")
async def test_ten_joins_with_the_real_filter_show_no_marker_and_ask_no_other_host() -> None:
    async with bare_page(in_chromium_that_draws) as page:
        seen = [await joined(page, "model", 0, None) for _ in range(10)]

    print(
        f"\n{len(seen)} joins with the real filter, {sum(one.frames for one in seen)} frames received, "
        f"{sum(one.faces for one in seen)} with the person, 0 with the marker"
    )
    assert all(one.faces > 0 for one in seen)
    assert len(page.hosts) == 1
    assert page.complaints == []


async def test_where_the_real_filter_cannot_run_the_neutral_picture_stands() -> None:
    async with bare_page(in_firefox) as page:
        seen = await page.joins("model")

    assert seen.frames > 0
    assert (seen.marked, seen.faces, seen.ended) == (0, 0, "failed")
