"""Complaint 26: answers by text message that anybody can forge, that do too much, or that nobody hears."""

from tests.faults.fault import Fault

SMS, MESSAGES = "tests/web/test_sms.py", "tests/contracts/test_messages.py"
TAKE = "booking/take_message.py"

FAULTS = (
    Fault(
        complaint=4,
        what="who cancels by text message is told so, and keeps the time and its letters",
        file="web/incoming.py",
        old="        await cancel(unit, taken.appointment_id, by=Actor.CUSTOMER, now=now, reason=reason)\n",
        new="",
        seen_by="tests/web/test_old_times.py"
        "::test_no_letter_about_the_old_time_leaves_when_it_is_given_up_a_second_before"
        "[by_text_message-cancel-before it is sent]",
    ),
    Fault(
        complaint=26,
        what="anybody can write in a customer's name",
        file="web/signed.py",
        old="    return abs(age) <= TOLERANCE.total_seconds()"
        " and hmac.compare_digest(wanted.encode(), given)\n",
        new="    return abs(age) <= TOLERANCE.total_seconds()\n",
        seen_by=f"{SMS}::test_who_does_not_sign_is_not_listened_to",
    ),
    Fault(
        complaint=26,
        what="a call of the gateway that somebody overheard can be repeated for ever",
        file="web/signed.py",
        old="    return abs(age) <= TOLERANCE.total_seconds() and ",
        new="    return age is not None and ",
        seen_by=f"{SMS}::test_who_does_not_sign_is_not_listened_to",
    ),
    Fault(
        complaint=26,
        what="a message that the gateway hands over twice counts twice",
        file=TAKE,
        old="    if not phone_key or not await unit.messages.add(message):\n",
        new="    if not phone_key or not (await unit.messages.add(message) or message.key):\n",
        seen_by=f"{MESSAGES}::test_what_is_handed_over_again_leads_to_nothing[memory]",
    ),
    Fault(
        complaint=26,
        what="one wrong word cancels, and nobody is asked back",
        file=TAKE,
        old="        case Reply.CANCEL if can_cancel and await _may_ask(unit, appointment):\n"
        "            await _ask(unit, appointment, now=now)\n"
        "            return Meaning.ASKED_BACK\n",
        new="        case Reply.CANCEL if can_cancel:\n            return Meaning.CANCELLED\n",
        seen_by=f"{MESSAGES}::test_who_cannot_come_is_asked_back_once_and_then_freed[sqlite]",
    ),
    Fault(
        complaint=26,
        what="an OK to a reminder cancels, because CANCEL was written some hours before",
        file="booking/asked_last.py",
        old="    return max(asked, key=lambda one: (one.at, not one.is_to_cancel), default=None)\n",
        new="    return max(asked, key=lambda one: (one.is_to_cancel, one.at), default=None)\n",
        seen_by=f"{SMS}::test_an_ok_to_a_reminder_that_came_after_the_question_does_not_cancel",
    ),
    Fault(
        complaint=26,
        what="STOP is not heard",
        file=TAKE,
        old="        await unit.stopped_numbers.add(phone_key, since=message.at)\n",
        new="        pass\n",
        seen_by="tests/server/workers/test_text_messages.py"
        "::test_after_a_stop_what_waits_is_not_sent_and_the_staff_see_it",
    ),
    Fault(
        complaint=26,
        what="what is no known word is thrown away",
        file=TAKE,
        old="        case _:\n            return Meaning.FOR_STAFF\n",
        new="        case _:\n            return Meaning.NOBODYS\n",
        seen_by=f"{MESSAGES}::test_all_else_waits_for_a_person_who_sees_to_it[sqlite]",
    ),
    Fault(
        complaint=26,
        what="the desk does not show what customers write",
        file="web/templates/desk/tasks.html",
        old="{% for one in tasks.messages %}",
        new="{% for one in [] %}",
        seen_by=f"{SMS}::test_the_desk_shows_what_customers_write_as_plain_text"
        "_until_somebody_has_seen_to_it",
    ),
)
