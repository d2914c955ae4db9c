"""Complaint 17: after a change of network somebody is heard no more."""

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
)
