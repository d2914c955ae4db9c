"""Complaints 4, 5 and 8: letters about a time that was given up, and reminders that come too late."""

from tests.faults.fault import Fault

OLD_TIMES = "tests/web/test_old_times.py"

FAULTS = (
    Fault(
        complaint=4,
        what="a reminder on its way still leaves after the appointment was cancelled",
        file="booking/still_holds.py",
        old="    if not appointment.is_live:\n        return False\n    if letter.kind in AT_ANY_TIME:\n",
        new="    if letter.kind in AT_ANY_TIME:\n",
        seen_by=f"{OLD_TIMES}::test_no_letter_about_the_old_time_leaves_when_it_is_given_up_a_second_before"
        "[by_page-cancel-before it is sent]",
    ),
    Fault(
        complaint=5,
        what="a reminder on its way still leaves after the appointment was moved",
        file="booking/still_holds.py",
        old="    if letter.sequence != appointment.sequence:\n        return False\n",
        new="",
        seen_by=f"{OLD_TIMES}::test_no_letter_about_the_old_time_leaves_when_it_is_given_up_a_second_before"
        "[by_api-move-before it is sent]",
    ),
    Fault(
        complaint=5,
        what="the reminders of a moved appointment are planned by the time before",
        file="booking/put.py",
        old="    await plan_letters(unit, placed, offering, LetterKind(kind), now=now)\n",
        new="    await plan_letters(unit, appointment, offering, LetterKind(kind), now=now)\n",
        seen_by=f"{OLD_TIMES}::test_five_moves_leave_one_set_of_letters_all_for_the_last_time",
    ),
    Fault(
        complaint=8,
        what="reminders whose moment has passed at booking are planned and sent at once",
        file="booking/reminder.py",
        old="            if now < (due_at := due(kind, ahead, appointment.span.start, appointment.zone))\n",
        new="            if (due_at := due(kind, ahead, appointment.span.start, appointment.zone))\n",
        seen_by="tests/contracts/test_lead_times.py"
        "::test_bookings_at_every_lead_time_have_only_the_letters_still_due[memory]",
    ),
)
