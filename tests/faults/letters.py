"""Complaints 6 and 7: letters that come twice, and letters that stop without a word."""

from tests.faults.fault import Fault

FAULTS = (
    Fault(
        complaint=6,
        what="a second worker sends by a channel that another holds",
        file="server/database/senders.py",
        old="            return bool(row.holder == holder)\n",
        new="            return True\n",
        seen_by="tests/contracts/test_senders.py::test_who_comes_second_waits_and_each_channel_has_its_own",
    ),
    Fault(
        complaint=6,
        what="a letter that the mail server did not answer for counts as not sent",
        file="server/notify/smtp_line.py",
        old='            raise DeliveryUnsure(f"no answer to the letter: ',
        new='            raise ChannelAway(f"no answer to the letter: ',
        seen_by="tests/server/notify/test_smtp_line.py"
        "::test_a_letter_whose_last_dot_is_not_answered_is_in_doubt_and_not_sent_again",
    ),
    Fault(
        complaint=6,
        what="a letter in doubt is tried again and again",
        file="server/database/outbox.py",
        old="    again = case((outbox.c.doubts == 0, now + DOUBT_LASTS), else_=None)\n",
        new="    again = now + DOUBT_LASTS\n",
        seen_by="tests/server/workers/test_engine.py"
        "::test_a_letter_that_nobody_answers_for_is_sent_once_more_with_the_same_id_and_then_waits",
    ),
    Fault(
        complaint=6,
        what="a letter that was sent while the database was away is forgotten to be sent",
        file="server/workers/marks.py",
        old="        self._owed = work\n        await self.settle()\n",
        new="        await self._units.do(work)\n",
        seen_by="tests/server/workers/test_engine.py"
        "::test_what_the_database_could_not_be_told_is_told_before_anything_else",
    ),
    Fault(
        complaint=7,
        what="reminders wait for a command that somebody must run by the clock",
        file="server/work.py",
        old="        Reminders(units, clock),\n",
        new="",
        seen_by="tests/letters/test_unattended.py"
        "::test_a_fresh_house_without_cron_sends_a_reminder_that_is_two_minutes_ahead",
    ),
    Fault(
        complaint=7,
        what="a worker that died is followed by nobody",
        file="server/database/senders.py",
        old="        left = row.until - now if row else timedelta(0)\n",
        new="        left = LEASE if row else timedelta(0)\n",
        seen_by="tests/contracts/test_senders.py::test_who_renews_keeps_it_and_who_falls_silent_loses_it",
    ),
    Fault(
        complaint=7,
        what="a reminder that cannot arrive is given up in silence",
        file="server/workers/give_up.py",
        old="        await not_reminded(unit, letter, why, now=now)\n",
        new="        pass\n",
        seen_by="tests/server/workers/test_engine.py"
        "::test_a_reminder_that_cannot_arrive_is_told_in_the_history_once_and_before_the_start",
    ),
    Fault(
        complaint=7,
        what="letters of a channel that nobody serves wait for ever",
        file="server/workers/unserved.py",
        old="        if not waiting or (silent is not None and silent < SERVED_WITHIN):\n",
        new="        if waiting or (silent is not None and silent < SERVED_WITHIN):\n",
        seen_by="tests/server/workers/test_engine.py"
        "::test_letters_of_a_channel_that_nobody_serves_are_given_up_once_they_should_have_left",
    ),
    Fault(
        complaint=7,
        what="health stays green though nobody has been at work for a minute",
        file="server/workers/silent.py",
        old=" if name not in ages or ages[name] > SILENT_AFTER]\n",
        new=" if name not in ages]\n",
        seen_by="tests/letters/test_unattended.py"
        "::test_health_names_each_loop_when_the_worker_has_been_silent_for_a_minute",
    ),
    Fault(
        complaint=7,
        what="health looks at the background work alone, and not at each channel",
        file="server/bounces.py",
        old="    return [*names_of(settings), *([BOUNCES] if settings.bounce_imap_url else [])]\n",
        new="    return [BOUNCES] if settings.bounce_imap_url else []\n",
        seen_by="tests/letters/test_unattended.py"
        "::test_health_names_each_loop_when_the_worker_has_been_silent_for_a_minute",
    ),
)
