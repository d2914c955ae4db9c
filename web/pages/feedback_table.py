"""How it went, counted, for the admin's statistics: of fewer than five answers nothing is told."""

from collections.abc import Iterator

from booking.feedback import FEWEST, FeedbackFigures

FEEDBACK_COLUMNS = ("question", "answer", "count")


def feedback_rows(figures: FeedbackFigures) -> Iterator[tuple[str, str, int | float | None]]:
    """Yield the lines of the CSV: an empty count is of fewer answers than may be told."""
    yield "meetings", "held", figures.held
    yield "meetings", "answered", figures.answered if figures.answered >= FEWEST else None
    for question, counts in (
        ("face", figures.faces),
        ("handled_customer", figures.handled_customer),
        ("handled_adviser", figures.handled_adviser),
    ):
        if counts is None:
            yield question, "", None
        for answer, count in (counts or {}).items():
            yield question, answer.value, count
    yield "handled_both", "said", figures.both_said if figures.both_said >= FEWEST else None
    yield "handled_both", "yes", figures.solved
    yield "points", "median", figures.middle_points
