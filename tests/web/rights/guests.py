"""Rows of the matrix: who comes to a meeting under way by a link of their own, a customer's phone too."""

from collections.abc import Mapping

from tests.web.rights.row import Row, by_link, everybody

GUESTS: Mapping[tuple[str, str], Row] = {
    ("GET", "/g/{guest_token}"): Row(expected=by_link(200)),
    ("GET", "/g/{guest_token}/meeting"): Row(expected=by_link(200)),
    ("POST", "/g/{guest_token}/ticket"): Row(expected=by_link(200), sort="json", sends={}),
    # Only while they sit at the table, and only what lies there: test_guest_papers.py has who does.
    ("GET", "/g/{guest_token}/documents/{document_id}/pages/{page}"): Row(expected=everybody(404)),
    ("GET", "/c/{camera_token}"): Row(expected=by_link(200)),
    ("POST", "/c/{camera_token}/ticket"): Row(expected=by_link(200), sort="json", sends={}),
}
