"""Moments that a journey goes to, the same on whatever day it is walked."""

from datetime import datetime, timedelta

from tests.journeys.demo_process import Demo
from tests.journeys.people import HELSINKI


def next_monday(demo: Demo, hour: int, *, days_later: int = 0) -> datetime:
    """Return an hour of the Monday of next week in Helsinki, or of a day soon after it."""
    today = demo.now().astimezone(HELSINKI).date()
    day = today + timedelta(days=7 - today.weekday() + days_later)
    return datetime(day.year, day.month, day.day, hour, tzinfo=HELSINKI)
