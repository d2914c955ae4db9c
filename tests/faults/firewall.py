"""Complaint 21: a company's firewall, behind which people meet and see nothing."""

from tests.faults.fault import Fault

BLOCKED = (
    "tests/journeys/test_company_firewall.py::"
    "test_where_nothing_gets_through_it_is_told_within_ten_seconds_what_is_left"
)

FAULTS = (
    Fault(
        complaint=21,
        what="where nothing gets through it is said after twenty seconds",
        file="web/static/js/meeting/media_watch.js",
        old="const FIRST_PATIENCE_MS = 8_000;",
        new="const FIRST_PATIENCE_MS = 20_000;",
        seen_by=BLOCKED,
    ),
    Fault(
        complaint=21,
        what="where nothing gets through the phone is offered after a minute",
        file="web/static/js/meeting/phone_instead.js",
        old='const OFFERED_AT_ONCE = "media_not_connected";',
        new='const OFFERED_AT_ONCE = "nothing";',
        seen_by=BLOCKED,
    ),
    Fault(
        complaint=21,
        what="the relay that we ship relays nobody anywhere",
        file="compose.yaml",
        old="denied-peer-ip=::1-::1",
        new="denied-peer-ip=::-::1",
        seen_by="tests/server/turn/test_turn_check.py::test_what_we_ship_leads_nowhere_inside_by_any_of_its_roads",
    ),
    Fault(
        complaint=21,
        what="the relay is not reached by TLS, where a firewall lets nothing else out",
        file="compose.yaml",
        old=",turns:${TURN_HOST}:${TURN_TLS_PORT:-5349}?transport=tcp",
        new="",
        seen_by="tests/house/test_container.py::test_relay_is_reached_by_datagrams_by_tcp_and_by_tls",
    ),
)
