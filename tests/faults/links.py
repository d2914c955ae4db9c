"""Complaints 9, 10 and 23: no way to cancel by the link, scanners that press it, data that leaks by it."""

from tests.faults.fault import Fault

FAULTS = (
    Fault(
        complaint=9,
        what="nobody can cancel on the last day",
        file="booking/cancel.py",
        old="    if by is Actor.CUSTOMER and now >= appointment.span.start and not is_disrupted:\n",
        new="    if by is Actor.CUSTOMER and (appointment.span.start - now).days < 1 and not is_disrupted:\n",
        seen_by="tests/web/test_cancelling.py::test_a_minute_before_the_start_two_taps_still_cancel",
    ),
    Fault(
        complaint=9,
        what="who cancels gets no letter",
        file="booking/cancel.py",
        old="    await tell(unit, cancelled, LetterKind.CANCELLED, at=now)\n",
        new="",
        seen_by="tests/web/test_cancelling.py::test_who_cancels_is_told_so_by_letter",
    ),
    Fault(
        complaint=9,
        what="the server does not tell the adviser's desk",
        file="server/database/units.py",
        old="        self._tell(unit.touched)\n",
        new="",
        seen_by="tests/web/test_desk_live.py::test_an_adviser_hears_of_a_booking_and_of_its_end",
    ),
    Fault(
        complaint=9,
        what="the adviser's desk does not listen",
        file="web/static/js/desk/news.js",
        old="    socket.onmessage = () => this.#onNews();\n",
        new="",
        seen_by="tests/journeys/test_desk_news.py"
        "::test_the_desk_is_told_of_a_booking_a_move_and_a_cancellation[sqlite]",
    ),
    Fault(
        complaint=9,
        what="a cancelled time goes to nobody who waits",
        file="booking/cancel.py",
        old="    await free(unit, appointment, cancelled, by=by, now=now)\n",
        new="",
        seen_by="tests/contracts/test_refill.py::test_the_longest_waiting_is_offered_the_slot_and_told_by_letter",
    ),
    Fault(
        complaint=10,
        what='opening the link of "I am coming" confirms',
        file="web/pages/manage.py",
        old="    found = await visit_of(request)\n    if not found.appointment.is_live or"
        " found.appointment.confirmed_at:\n",
        new="    found, now = await visit_of(request), request.app[CLOCK]()\n"
        "    await request.app[UNITS].do(\n"
        "        lambda unit: confirm(unit, found.appointment.id, by=Actor.CUSTOMER, now=now))\n"
        "    if not found.appointment.is_live or found.appointment.confirmed_at:\n",
        seen_by="tests/web/test_scanners.py"
        "::test_scanners_that_open_each_link_of_a_letter_change_nothing_and_a_button_does",
    ),
    Fault(
        complaint=10,
        what="opening the link of an offer takes the time",
        file="web/pages/offer.py",
        old="    found = await _found(request)\n    is_again",
        new="    found, now = await _found(request), request.app[CLOCK]()\n"
        "    await request.app[UNITS].do(lambda unit: claim(unit, found.offer.id, now=now))\n    is_again",
        seen_by="tests/web/test_offer.py::test_looking_changes_nothing",
    ),
    Fault(
        complaint=23,
        what="a forwarded link shows the customer's e-mail address",
        file="web/pages/manage.py",
        old="        email=masked_email(customer.email),\n",
        new="        email=customer.email,\n",
        seen_by="tests/web/rights/test_rights.py"
        "::test_a_forwarded_link_tells_nobody_how_aino_is_reached[sqlite-GET /a/{token}]",
    ),
    Fault(
        complaint=23,
        what="a link that was revoked still opens",
        file="server/database/links.py",
        old="            .where(links.c.token_hash == kept(token), links.c.revoked_at.is_(None))\n",
        new="            .where(links.c.token_hash == kept(token))\n",
        seen_by="tests/web/rights/test_reading.py::test_a_link_that_is_none_looks_like_one_that_was_revoked",
    ),
    Fault(
        complaint=23,
        what="the calendar entry names the customer",
        file="web/ics.py",
        old='    event.add("summary", f"{gettext(language, SUMMARY)}, {entry.organisation}")\n',
        new='    event.add("summary", f"{entry.appointment.customer.name}, {entry.organisation}")\n',
        seen_by="tests/web/test_manage.py::test_calendar_entry_tells_the_time_and_never_the_matter",
    ),
    Fault(
        complaint=23,
        what="any adviser opens any team's appointment",
        file="web/pages/visit.py",
        old="    if found.adviser.team_id != member.team_id:\n        raise NotFound(appointment_id)\n",
        new="",
        seen_by="tests/web/test_desk.py::test_louhi_sees_nothing_of_another_team",
    ),
    Fault(
        complaint=23,
        what="the page for lost links tells which addresses are known",
        file="web/pages/lost_link.py",
        old='    raise web.HTTPSeeOther("/lost-link?sent=1")\n',
        new="    async with request.app[UNITS].read() as unit:\n"
        "        is_known = bool(await unit.appointments.ahead_of(email, now=now))\n"
        '    raise web.HTTPSeeOther(f"/lost-link?sent={1 + is_known}")\n',
        seen_by="tests/web/test_lost_link.py"
        "::test_an_address_that_is_known_and_one_that_is_not_are_answered_alike",
    ),
)
