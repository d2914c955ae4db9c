"""Complaint 28: letters that come back unseen, and mail that answers mail without end."""

from tests.faults.fault import Fault

BOUNCES = "tests/server/workers/test_bounces.py"

FAULTS = (
    Fault(
        complaint=28,
        what="a mail that came back is told to nobody",
        file="server/workers/take_back.py",
        old="        await give_up(unit, outgoing.id, outgoing.letter, why, now=now, reason=said)\n",
        new="        await unit.outbox.mark_failed(outgoing.id, said)\n",
        seen_by=f"{BOUNCES}::test_letter_that_comes_back_is_written_into_the_history_once",
    ),
    Fault(
        complaint=28,
        what="a text message that did not arrive is told to nobody",
        file="web/pages/sms.py",
        old="        await not_reminded(unit, outgoing.letter, NotReminded.CAME_BACK, now=now)\n",
        new="        pass\n",
        seen_by="tests/web/test_sms.py::test_a_message_that_did_not_arrive_is_seen_by_the_staff",
    ),
    Fault(
        complaint=28,
        what="the desk does not say who was not reminded",
        file="web/pages/desk_list.py",
        old="        not_reminded=not_reminded_words(facts),\n",
        new="        not_reminded=None,\n",
        seen_by="tests/web/test_letters.py::test_a_letter_that_did_not_arrive_is_shown_to_admin_and_adviser",
    ),
    Fault(
        complaint=28,
        what="what is no bounce goes back to whoever wrote it",
        file="server/commands/bounce.py",
        old="    if returned:\n        await take_back(house.units, returned, house.clock)\n",
        new="    if returned is None:\n        sys.exit(os.EX_DATAERR)\n"
        "    await take_back(house.units, returned, house.clock)\n",
        seen_by=f"{BOUNCES}::test_answer_from_somebody_who_is_away_changes_nothing_and_is_not_answered",
    ),
    Fault(
        complaint=28,
        what="the answer of somebody who is away counts as a letter that did not arrive",
        file="server/notify/returned.py",
        old='    if writer.partition("@")[0].lower() not in MAIL_SERVERS:\n        return None\n',
        new="",
        seen_by="tests/server/notify/test_returned.py::test_delays_and_answers_tell_nothing",
    ),
    Fault(
        complaint=28,
        what="letters do not say that a machine wrote them, so that machines answer",
        file="server/notify/smtp.py",
        old='    message["Auto-Submitted"] = "auto-generated"\n',
        new="",
        seen_by="tests/server/notify/test_any_unicode.py::test_mail_has_one_of_each_header_and_one_recipient",
    ),
)
