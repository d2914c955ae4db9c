"""Complaint 25: who sees nothing finds buttons without a name, and hears nothing of what happens."""

from tests.faults.fault import Fault

_SEEN_BY = "tests/journeys/test_announced.py::test_what_happens_is_said_and_what_is_pressed_has_a_name"
_PAGE = "web/templates/meeting/meeting.html"

FAULTS = (
    Fault(
        complaint=25,
        what="a button has no name",
        file=_PAGE,
        old='<span>{% if role == "adviser" %}{{ _("Leave for a while") }}',
        new='<span hidden>{% if role == "adviser" %}{{ _("Leave for a while") }}',
        seen_by=_SEEN_BY,
    ),
    Fault(
        complaint=25,
        what="arrival and connection are silent",
        file=_PAGE,
        old='id="meeting-status" role="status"',
        new='id="meeting-status"',
        seen_by=_SEEN_BY,
    ),
    Fault(
        complaint=25,
        what="who mutes hears nothing of it",
        file=_PAGE,
        old='id="announcer" aria-live="polite"',
        new='id="announcer"',
        seen_by=_SEEN_BY,
    ),
    Fault(
        complaint=25,
        what="a page that is turned is silent",
        file="web/templates/documents/viewer.html",
        old='<output class="viewer__number" data-part="number"></output>',
        new='<p class="viewer__number" data-part="number"></p>',
        seen_by=_SEEN_BY,
    ),
)
