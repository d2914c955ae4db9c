"""Rows of the matrix: the adviser's side of a meeting."""

from collections.abc import Mapping

from tests.web.rights.row import Row, by_staff

DESK = "/desk/appointments/{appointment_id}"

DESK_MEETING: Mapping[tuple[str, str], Row] = {
    ("GET", f"{DESK}/meeting"): Row(expected=by_staff(200, signed_out=303, LOUHI=404)),
    ("POST", f"{DESK}/ticket"): Row(expected=by_staff(200, signed_out=401, LOUHI=404), sort="json", sends={}),
    ("GET", f"{DESK}/colleagues"): Row(expected=by_staff(200, signed_out=303, LOUHI=404)),
    ("POST", f"{DESK}/cannot-come"): Row(expected=by_staff(303, signed_out=401, LOUHI=404), sends={}),
}
