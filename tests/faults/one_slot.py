"""Complaint 1: two people get the same time."""

from tests.faults.fault import Fault

FAULTS = (
    Fault(
        complaint=1,
        what="whoever writes last has the adviser's time",
        file="server/database/cells.py",
        old="    return await _taking(connection.dialect.name).count(connection, *rows) == len(rows)\n",
        new="    return bool(await _taking(connection.dialect.name).count(connection, *rows) or rows)\n",
        seen_by="tests/contracts/test_double_booking.py::test_two_people_cannot_have_one_adviser_at_one_time",
    ),
    Fault(
        complaint=1,
        what="a taken time counts as free, so that the second is led to no other",
        file="booking/find_slots.py",
        old="        return (span for span in spans if taken.isdisjoint(cells(self.offering.busy(span))))\n",
        new="        return (span for span in spans if taken is not None)\n",
        seen_by="tests/web/test_api.py::test_a_taken_time_is_refused_with_others_to_choose",
    ),
    Fault(
        complaint=1,
        what="a time that is held for somebody is free to all",
        file="server/database/cells.py",
        old='    or_(taken_cells.c.held_until.is_(None), taken_cells.c.held_until > bindparam("now")),\n',
        new='    or_(taken_cells.c.held_until.is_(None), taken_cells.c.held_until < bindparam("now")),\n',
        seen_by="tests/contracts/test_holds.py::test_a_hold_comes_back_as_it_was_kept_and_takes_its_cells",
    ),
)
