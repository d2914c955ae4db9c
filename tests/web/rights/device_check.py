"""Rows of the matrix: the adviser's own check. Whose media process does not run is told 503."""

from collections.abc import Mapping

from tests.web.rights.row import Row, by_staff

HOME = "/desk/device-check"
_NO_MEDIA = 503

DEVICE_CHECK: Mapping[tuple[str, str], Row] = {
    ("GET", HOME): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=403)),
    ("POST", f"{HOME}/ice"): Row(
        expected=by_staff(200, signed_out=401, LOUHI=200, ADMIN=403), sort="json", sends={}
    ),
    ("POST", f"{HOME}/offer"): Row(
        expected=by_staff(_NO_MEDIA, signed_out=401, LOUHI=_NO_MEDIA, ADMIN=403),
        sort="json",
        sends={"sdp": "v=0"},
    ),
    ("POST", f"{HOME}/result"): Row(
        expected=by_staff(200, signed_out=401, LOUHI=200, ADMIN=403), sort="json", sends={}
    ),
}
