"""A figure says what was measured, and whether that is good enough."""

from bench.figure import Figure, ratio_of_medians


def test_figure_within_its_target_is_ok() -> None:
    figure = Figure(name="join", value=1.5, unit="× floor", target=1.5)

    assert figure.line() == "join 1.50 × floor (target ≤ 1.5) ok"


def test_figure_over_its_target_is_short() -> None:
    figure = Figure(name="join", value=1.5001, unit="× floor", target=1.5)

    assert figure.line() == "join 1.50 × floor (target ≤ 1.5) short"


def test_figure_without_a_target_is_never_short() -> None:
    figure = Figure(name="join-requests", value=29, unit="requests")

    assert figure.line() == "join-requests 29.00 requests (no target) ok"


def test_ratio_sets_medians_side_by_side() -> None:
    figure = ratio_of_medians("turn", [6, 2, 400], [3, 2, 5], target=2)

    assert figure.value == 2
    assert figure.record()["detail"] == {
        "ours": {"n": 3, "median": 6, "p95": 400, "least": 2},
        "floor": {"n": 3, "median": 3, "p95": 5, "least": 2},
    }


def test_figure_of_which_more_is_better_is_short_under_its_target() -> None:
    figure = ratio_of_medians("book", [49, 49], [100, 100], target=0.5, more_is_better=True)

    assert figure.line() == "book 0.49 × floor (target ≥ 0.5) short"
