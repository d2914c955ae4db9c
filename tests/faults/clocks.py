"""Complaints 2 and 3: a time moves when the clocks turn, and letters tell the organiser's zone."""

from tests.faults.fault import Fault

FAULTS = (
    Fault(
        complaint=2,
        what="hours are counted by winter's offset all the year",
        file="booking/availability.py",
        old="    return local.astimezone(UTC)\n",
        new="    return local.replace(tzinfo=UTC) - timedelta(hours=2)\n",
        seen_by="tests/booking/test_availability.py::test_hours_follow_the_wall_clock_across_a_change_of_offset",
    ),
    Fault(
        complaint=2,
        what="there are times in the hour that the clocks skip",
        file="booking/availability.py",
        old="    while not _exists(local):\n        local += timedelta(minutes=1)\n",
        new="",
        seen_by="tests/booking/test_availability.py::test_hours_inside_the_missing_hour_are_no_hours",
    ),
    Fault(
        complaint=2,
        what="the two hours of the night that look alike cannot be told apart",
        file="web/format.py",
        old='        return f"{shown} ({_offset(local)})" if comes_twice else shown\n',
        new="        return shown\n",
        seen_by="tests/web/test_customers_clock.py"
        "::test_the_hour_that_comes_twice_has_its_times_twice_with_their_offsets",
    ),
    Fault(
        complaint=2,
        what="the calendar file is an hour off",
        file="web/ics.py",
        old='    event.add("dtstart", appointment.span.start)\n',
        new='    event.add("dtstart", appointment.span.start + timedelta(hours=1))\n',
        seen_by="tests/web/test_wall_time.py::test_a_time_is_the_same_wherever_the_customer_meets_it",
    ),
    Fault(
        complaint=3,
        what="letters tell the organisation's time",
        file="server/notify/compose.py",
        old="    reader = Reader(occasion.language, ZoneInfo(occasion.appointment.zone))\n",
        new="    reader = Reader(occasion.language, site.zone)\n",
        seen_by="tests/web/test_wall_time.py::test_a_letter_tells_the_customers_own_time_and_says_whose_it_is",
    ),
    Fault(
        complaint=3,
        what="a time of another zone does not say whose it is",
        file="web/format.py",
        old="        if self.home is None or self.home.key == self.zone.key:\n",
        new="        if self.home is not self.zone:\n",
        seen_by="tests/web/test_wall_time.py::test_a_letter_tells_the_customers_own_time_and_says_whose_it_is",
    ),
)
