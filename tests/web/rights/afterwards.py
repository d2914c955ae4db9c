"""The rows of what comes after an appointment; none is over here, and nobody has come in."""

from collections.abc import Mapping

from tests.web.rights.row import Row, by_link, by_staff

TOKEN = "/a/{token}"
DESK = "/desk/appointments/{appointment_id}"

AFTERWARDS: Mapping[tuple[str, str], Row] = {
    ("GET", f"{TOKEN}/again"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/again"): Row(expected=by_link(303), sends={"slot": "{free} x"}),
    ("GET", f"{TOKEN}/afterwards"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/afterwards"): Row(expected=by_link(409), sends={"handled": "yes"}),
    ("GET", f"{TOKEN}/failed"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/failed"): Row(expected=by_link(409), sends={"what": "not_heard"}),
    ("GET", f"{DESK}/wrap-up"): Row(expected=by_staff(303, signed_out=303, LOUHI=404, ADMIN=303)),
    ("POST", f"{DESK}/wrap-up"): Row(
        expected=by_staff(409, signed_out=401, LOUHI=404, ADMIN=409), sends={"said": "met"}
    ),
    ("GET", f"{DESK}/summary"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/summary"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"revision": "0"}
    ),
    ("GET", f"{DESK}/failed"): Row(expected=by_staff(303, signed_out=303, LOUHI=404, ADMIN=303)),
    ("POST", f"{DESK}/failed"): Row(
        expected=by_staff(409, signed_out=401, LOUHI=404, ADMIN=409), sends={"what": "not_heard"}
    ),
    # The next one may be booked before this one is over.
    ("GET", f"{DESK}/again"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/again"): Row(
        expected=by_staff(409, signed_out=401, LOUHI=404, ADMIN=409), sends={"slot": "x"}
    ),
}
