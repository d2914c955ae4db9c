"""Complaint 17: after a change of network somebody is heard no more, or is there twice."""

from tests.faults.fault import Fault

OTHER_NETWORK = (
    "tests/journeys/test_network_gone.py::test_other_network_is_found_before_the_browser_gives_the_old_one_up"
)

FAULTS = (
    Fault(
        complaint=17,
        what="another way is looked for when the browser has given the old one up",
        file="web/static/js/meeting/recovery.js",
        old="    this.#restart();\n",
        new='    if (this.#connection.connectionState === "failed") this.#restart();\n',
        seen_by=OTHER_NETWORK,
    ),
    Fault(
        complaint=17,
        what="whoever comes back by another line is there twice, once as a ghost",
        file="signalling/switchboard.py",
        old="                say(older, Bye(ByeReason.REPLACED))\n",
        new="                del older\n",
        seen_by="tests/signalling/test_switchboard.py::"
        "test_second_window_of_the_same_person_replaces_the_first",
    ),
    Fault(
        complaint=17,
        what="the line that was replaced takes the seat along when it ends at last",
        file="signalling/switchboard.py",
        old="        if room is None or room.lines.get(participant_id) is not line:\n            return\n",
        new="        if room is None or participant_id not in room.lines:\n            return\n",
        seen_by="tests/signalling/test_switchboard.py::"
        "test_replaced_window_is_not_heard_and_its_end_disturbs_nobody",
    ),
)
