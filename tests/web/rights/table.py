"""What each route answers to each asker: one row a route, and no route without a row."""

from collections.abc import Mapping

from server.demo_data import ILMARI, MORTGAGE, OFFERINGS
from tests.web.rights.admin_pages import ADMIN_DEEDS, ADMIN_PAGES, PERSON
from tests.web.rights.afterwards import AFTERWARDS
from tests.web.rights.desk_meeting import DESK_MEETING
from tests.web.rights.device_check import DEVICE_CHECK
from tests.web.rights.guests import GUESTS
from tests.web.rights.planted import AINO_ID
from tests.web.rights.row import Row, by_admin, by_all_staff, by_key, by_link, by_staff, everybody
from web.pages.asked import terms_seen

TOKEN = "/a/{token}"
HOLD = "/book/holds/{hold_id}"
NOW, DEEDS = "/book/{offering_id}/now", ("", "/call", "/wait")
OFFERED = "/o/{offer_token}"
DESK = "/desk/appointments/{appointment_id}"
DESK_PAPERS = "/desk/appointments/{appointment_id}/documents"
PAPER_PAGE = "/{document_id}/pages/{page}"
APP, TEST = "/desk/access/app", f"{TOKEN}/connection-test"
CALL = "/api/v1/appointments/{appointment_id}"
CUSTOMER = {"name": "Seppo Uusi", "email": "seppo@example.com"}
TERMS = terms_seen(next(one for one in OFFERINGS if one.id == MORTGAGE), "en")
BOOKING = {"offering_id": "{offering}", "start": "{free}", **CUSTOMER}
API_BOOKING = {"offering_id": "{offering}", "start": "{free}", "customer": CUSTOMER}
API_HOLD = {"offering_id": "{offering}", "start": "{free}"}
HOURS, ZONE = "/admin/people/{staff_id}/hours", {"zone": "Europe/Helsinki"}
DAY_AWAY = {"day": "2026-12-01", "away": "1"}
DAY_OFF = {"first": "2026-12-01", "note": "Talvella"}
DISRUPTION = {"whom": "house", "first": "2026-12-24", "fi": "Olemme poissa."}
OFFER = {"sdp": "v=0"}
DEVICE = {"kind": "phone", "system": "ios", "browser": "safari"}
ARRIVAL = {"step": "opened", "microphone": "unknown", "camera": "unknown", "device": DEVICE, "failure": None}
COMING = {"place": "door", "arrival": ARRIVAL}
SIGNED = {"state": "x", "credential": "{}"}

# The media process does not run in this house: who may begin a test is told 503.
NO_MEDIA = 503

TABLE: Mapping[tuple[str, str], Row] = {
    # Open to anybody.
    ("GET", "/health/live"): Row(expected=everybody(200)),
    ("GET", "/health/ready"): Row(expected=everybody(200)),
    ("GET", "/"): Row(expected=everybody(200)),
    ("GET", "/book/{offering_id}"): Row(expected=everybody(200)),
    ("GET", "/book/{offering_id}/who-sees"): Row(expected=everybody(200)),
    ("POST", "/book/{offering_id}/hold"): Row(expected=everybody(303), sends={"start": "{free}"}),
    # The offering of this house is met by appointment alone, which leads to its times.
    **{("GET", NOW + deed): Row(expected=everybody(303)) for deed in DEEDS},
    **{("POST", NOW + deed): Row(expected=everybody(404), sends=BOOKING) for deed in DEEDS},
    # By the id of a hold, which its browser alone is told.
    ("GET", HOLD): Row(expected=everybody(200)),
    ("POST", HOLD): Row(expected=everybody(303), sends=BOOKING | {"terms": TERMS}),
    ("POST", f"{HOLD}/release"): Row(expected=everybody(303), sends={"offering_id": "{offering}"}),
    ("POST", f"{HOLD}/leave"): Row(expected=everybody(204), sends={}),
    ("POST", f"{HOLD}/stay"): Row(expected=everybody(200), sends={}),
    ("GET", "/lost-link"): Row(expected=everybody(200)),
    ("POST", "/lost-link"): Row(expected=everybody(303), sends={"email": "aino.kanaria@example.com"}),
    ("GET", "/i/{invitation}"): Row(expected=everybody(200)),
    ("GET", "/practice"): Row(expected=everybody(200)),
    ("POST", "/practice/place"): Row(expected=everybody(NO_MEDIA), sort="json", sends={}),
    ("POST", "/practice/listen"): Row(
        expected=everybody(NO_MEDIA), sort="json", sends={"test_id": "x", "wanted": "sound"}
    ),
    ("POST", "/practice/ice"): Row(expected=everybody(200), sort="json", sends={}),
    ("POST", "/practice/offer"): Row(expected=everybody(NO_MEDIA), sort="json", sends=OFFER),
    ("POST", "/practice/result"): Row(expected=everybody(200), sort="json", sends={}),
    ("GET", "/privacy"): Row(expected=everybody(200)),
    ("GET", "/accessibility"): Row(expected=everybody(200)),
    ("GET", "/.well-known/security.txt"): Row(expected=everybody(200)),
    # A broker reads them where the Finnish Trust Network is set up; the house of these tests has none.
    ("GET", "/.well-known/openid-federation"): Row(expected=everybody(404)),
    ("GET", "/.well-known/kohtaamo-signed-jwks.jwt"): Row(expected=everybody(404)),
    ("GET", "/robots.txt"): Row(expected=everybody(200)),
    ("GET", "/embed/button.js"): Row(expected=everybody(200)),
    ("GET", "/static/{version}/{path}"): Row(expected=everybody(200)),
    ("GET", "/api/v1/openapi.json"): Row(expected=everybody(200)),
    ("GET", "/api/v1/docs"): Row(expected=everybody(200)),
    # By the personal link.
    ("GET", TOKEN): Row(expected=by_link(200), query="booked=1"),
    ("GET", f"{TOKEN}/terms"): Row(expected=by_link(200, KULLERVO=404)),
    ("GET", f"{TOKEN}/who-sees"): Row(expected=by_link(200)),
    ("GET", f"{TOKEN}/confirm"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/confirm"): Row(expected=by_link(303)),
    ("GET", f"{TOKEN}/cancel"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/cancel"): Row(expected=by_link(303)),
    # Nothing is cancelled here, and a second restoring changes nothing.
    ("POST", f"{TOKEN}/restore"): Row(expected=by_link(303)),
    ("GET", f"{TOKEN}/contact"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/contact"): Row(
        expected=by_link(303), sends={"email": "uusi@example.com", "language": "fi"}
    ),
    ("GET", f"{TOKEN}/calendar.ics"): Row(expected=by_link(200)),
    ("GET", f"{TOKEN}/move"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/move"): Row(expected=by_link(303), sends={"start": "{free}"}),
    ("GET", f"{TOKEN}/call"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/call"): Row(expected=by_link(303), sends={"phone": "040 123 4567"}),
    ("GET", f"{TOKEN}/other-times"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/other-times"): Row(expected=by_link(303), sends={"start": "{free}"}),
    ("GET", f"{TOKEN}/waitlist"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/waitlist"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/waitlist/off"): Row(expected=by_link(303)),
    # By the link of an offer, which leads nowhere once the appointment's own link is revoked.
    ("GET", OFFERED): Row(expected=by_link(200)),
    ("POST", OFFERED): Row(expected=by_link(303)),
    ("GET", f"{OFFERED}/decline"): Row(expected=by_link(200)),
    ("POST", f"{OFFERED}/decline"): Row(expected=by_link(303)),
    ("GET", f"{TOKEN}/door"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/door"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/arrival"): Row(expected=by_link(200), sort="json", sends=COMING),
    ("GET", f"{TOKEN}/helper"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/helper"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/helper/off"): Row(expected=by_link(303)),
    # By a helper's link, which shows nothing of whom they help.
    ("GET", "/h/{helper_token}"): Row(expected=by_link(200)),
    ("GET", "/h/{helper_token}/steps"): Row(expected=by_link(200)),
    ("GET", f"{TOKEN}/delay"): Row(expected=by_link(200)),
    ("GET", f"{TOKEN}/identify"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/identify"): Row(expected=by_link(303)),
    # The demo bank sends the browser away and asks nothing; nobody waits for another device.
    ("GET", f"{TOKEN}/identify/with/{{provider}}"): Row(expected=everybody(404)),
    ("POST", f"{TOKEN}/identify/with/{{provider}}"): Row(expected=everybody(404)),
    ("GET", f"{TOKEN}/identify/waiting"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/identify/waiting"): Row(expected=by_link(409)),
    ("POST", f"{TOKEN}/identify/waiting/poll"): Row(expected=by_link(200), sort="json", sends={}),
    ("POST", f"{TOKEN}/identify/waiting/cancel"): Row(expected=by_link(409)),
    ("GET", f"{TOKEN}/identified"): Row(expected=by_link(200)),
    # Behind the door of an offering that they suffice for, or while the bank is down: not here.
    ("GET", f"{TOKEN}/identify/code"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/identify/code"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/identify/questions"): Row(expected=by_link(303)),
    ("POST", f"{TOKEN}/identify/passkey/options"): Row(expected=by_link(303), sort="json", sends={}),
    ("POST", f"{TOKEN}/identify/passkey"): Row(expected=by_link(303), sort="json", sends=SIGNED),
    # By who was strongly identified in this browser, as a person.
    ("GET", f"{TOKEN}/passkey"): Row(expected=by_link(303, AINO_KNOWN=200)),
    ("POST", f"{TOKEN}/passkey/options"): Row(expected=by_link(401, AINO_KNOWN=200), sort="json", sends={}),
    ("POST", f"{TOKEN}/passkey"): Row(expected=by_link(401, AINO_KNOWN=409), sort="json", sends=SIGNED),
    ("POST", f"{TOKEN}/passkey/remove"): Row(
        expected=by_link(401, AINO_KNOWN=303, KULLERVO=303), sends={"passkey": "00"}
    ),
    # The demo bank has none.
    ("GET", "/identify/{provider}/logo.svg"): Row(expected=everybody(404)),
    ("GET", "/identify/{provider}/callback"): Row(expected=everybody(409), query="state=x&code=x"),
    ("POST", f"{TOKEN}/ticket"): Row(
        expected=by_link(200, AINO=401, AINO_IN=403, AINO_FORWARDED=401), sort="json", sends={}
    ),
    ("GET", f"{TOKEN}/sentences/{{sentence}}"): Row(expected=by_link(200, AINO=401, AINO_FORWARDED=401)),
    ("GET", f"{TOKEN}/documents"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/documents"): Row(expected=by_link(303), sort="file"),
    ("GET", f"{TOKEN}/documents{PAPER_PAGE}"): Row(expected=by_link(200, KULLERVO=404)),
    ("POST", f"{TOKEN}/documents/{{document_id}}/withdraw"): Row(expected=by_link(303, KULLERVO=404)),
    ("GET", TEST): Row(expected=by_link(200)),
    ("POST", f"{TEST}/ice"): Row(expected=by_link(200), sort="json", sends={}),
    ("POST", f"{TEST}/offer"): Row(expected=by_link(NO_MEDIA), sort="json", sends=OFFER),
    ("POST", f"{TEST}/result"): Row(expected=by_link(200), sort="json", sends={}),
    ("GET", f"{TOKEN}/practice"): Row(expected=by_link(200)),
    ("POST", f"{TOKEN}/practice/result"): Row(expected=by_link(200), sort="json", sends={}),
    # By a ticket alone, which comes in the first frame; a plain request is none of anybody's.
    ("GET", "/ws/meetings/{appointment_id}"): Row(expected=everybody(400)),
    ("GET", "/desk"): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200), query="team=1"),
    ("GET", "/desk/waiting"): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200)),
    ("POST", f"{DESK}/claim"): Row(expected=by_staff(303, signed_out=401, LOUHI=404)),
    ("POST", f"{DESK}/release"): Row(expected=by_staff(303, signed_out=401, LOUHI=404)),
    ("GET", f"{DESK}/coming"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/tell"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404), sends={"sentence": "in_a_moment"}
    ),
    ("GET", "/desk/states"): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200)),
    ("GET", "/ws/desk"): Row(expected=by_staff(400, signed_out=303, LOUHI=400, ADMIN=400)),  # no socket
    ("GET", f"{DESK}/cancel"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/cancel"): Row(expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)),
    ("GET", f"{DESK}/phone"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/phone"): Row(expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)),
    ("POST", f"{DESK}/called"): Row(expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)),
    ("GET", f"{DESK}/code"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/code"): Row(expected=by_staff(200, signed_out=401, LOUHI=404, ADMIN=200)),
    ("GET", f"{DESK}/note"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/note"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"text": "x", "revision": "0"}
    ),
    **AFTERWARDS,
    ("GET", f"{DESK}/late"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/late"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"minutes": "10"}
    ),
    ("POST", "/desk/messages/{message_id}/seen"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)
    ),
    **DEVICE_CHECK,
    **DESK_MEETING,
    **GUESTS,
    ("POST", "/desk/taking"): Row(expected=by_staff(303, signed_out=401, LOUHI=303, ADMIN=403)),
    ("GET", "/desk/book"): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200)),
    ("GET", "/desk/book/{offering_id}"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("GET", "/desk/book/{offering_id}/details"): Row(
        expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200), query="start={free}"
    ),
    ("POST", "/desk/book/{offering_id}"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends=BOOKING
    ),
    ("GET", f"{DESK}/link"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("GET", f"{DESK}/move"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/move"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"start": "{free}"}
    ),
    ("GET", f"{DESK}/colleague"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/colleague"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"adviser": str(ILMARI)}
    ),
    # An admin sees who came, and never the code; a code that is shown is for a reason.
    ("GET", f"{DESK}/identity"): Row(expected=by_staff(200, signed_out=303, LOUHI=404, ADMIN=200)),
    ("POST", f"{DESK}/identity"): Row(
        expected=by_staff(200, signed_out=401, LOUHI=404), sends={"reason": "Tilin avaaminen"}
    ),
    ("GET", "/admin/access-log"): Row(expected=by_admin(200, signed_out=303), query=f"appointment={AINO_ID}"),
    ("GET", "/admin/access-log/unusual"): Row(expected=by_admin(200, signed_out=303)),
    ("POST", "/admin/access-log/verify"): Row(expected=by_admin(200, signed_out=401), sends={}),
    ("GET", "/admin/access-log/extract"): Row(
        expected=by_admin(200, signed_out=303), query=f"appointment={AINO_ID}"
    ),
    ("GET", f"{DESK}/restore"): Row(expected=by_staff(303, signed_out=303, LOUHI=404, ADMIN=303)),
    ("POST", f"{DESK}/restore"): Row(expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)),
    ("GET", DESK_PAPERS): Row(expected=by_staff(200, signed_out=303, LOUHI=404)),
    ("POST", DESK_PAPERS): Row(expected=by_staff(303, signed_out=401, LOUHI=404), sort="file"),
    ("GET", f"{DESK_PAPERS}{PAPER_PAGE}"): Row(expected=by_staff(200, signed_out=303, LOUHI=404)),
    ("POST", f"{DESK_PAPERS}/{{document_id}}/withdraw"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404), paper="advisers"
    ),
    ("GET", "/desk/invitations"): Row(expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200)),
    ("POST", "/desk/invitations"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303), sends={"offering": "{offering}"}
    ),
    ("POST", "/desk/invitations/{invitation_id}/revoke"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=404, ADMIN=303)
    ),
    ("GET", "/desk/share"): Row(
        expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200), query="offering={offering}"
    ),
    ("GET", "/desk/share/qr.svg"): Row(
        expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200), query="offering={offering}"
    ),
    ("GET", "/desk/share/qr.png"): Row(
        expected=by_staff(200, signed_out=303, LOUHI=200, ADMIN=200), query="offering={offering}"
    ),
    # The hours: an adviser's own, an admin's of anybody.
    ("GET", "/desk/hours"): Row(expected=by_staff(200, signed_out=303, LOUHI=200)),
    ("POST", "/desk/hours"): Row(expected=by_staff(409, signed_out=401, LOUHI=409), sends={"offering": ""}),
    ("POST", "/desk/hours/zone"): Row(expected=by_staff(303, signed_out=401, LOUHI=303), sends=ZONE),
    ("POST", "/desk/hours/days"): Row(expected=by_staff(303, signed_out=401, LOUHI=303), sends=DAY_AWAY),
    ("POST", "/desk/hours/days/remove"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=303), sends={"day": "2026-12-01", "sure": "1"}
    ),
    ("POST", "/desk/hours/time-off"): Row(expected=by_staff(303, signed_out=401, LOUHI=303), sends=DAY_OFF),
    ("POST", "/desk/hours/time-off/remove"): Row(
        expected=by_staff(404, signed_out=401, LOUHI=404), sends={"closure_id": "{offering}", "sure": "1"}
    ),
    ("GET", "/desk/why"): Row(expected=by_staff(200, signed_out=303, LOUHI=200), query="span=week"),
    ("GET", "/admin/why"): Row(expected=by_admin(200, signed_out=303), query="span=week"),
    ("GET", "/admin/holidays"): Row(expected=by_admin(200, signed_out=303)),
    ("POST", "/admin/holidays"): Row(expected=by_admin(303, signed_out=401), sends={"closed": "2026-12-24"}),
    ("POST", "/admin/holidays/own"): Row(
        expected=by_admin(409, signed_out=401), sends={"day": "2026-11-23", "name": "Muutto"}
    ),
    ("POST", "/admin/holidays/own/remove"): Row(
        expected=by_admin(303, signed_out=401), sends={"closure_id": "{offering}", "sure": "1"}
    ),
    ("GET", HOURS): Row(expected=by_admin(200, signed_out=303)),
    ("POST", HOURS): Row(expected=by_admin(409, signed_out=401), sends={"offering": ""}),
    ("POST", f"{HOURS}/zone"): Row(expected=by_admin(303, signed_out=401), sends=ZONE),
    ("POST", f"{HOURS}/days"): Row(expected=by_admin(303, signed_out=401), sends=DAY_AWAY),
    ("POST", f"{HOURS}/days/remove"): Row(
        expected=by_admin(303, signed_out=401), sends={"day": "2026-12-01", "sure": "1"}
    ),
    ("POST", f"{HOURS}/time-off"): Row(expected=by_admin(303, signed_out=401), sends=DAY_OFF),
    ("POST", f"{HOURS}/time-off/remove"): Row(
        expected=by_admin(404, signed_out=401), sends={"closure_id": "{offering}", "sure": "1"}
    ),
    ("GET", "/desk/calendar"): Row(expected=by_staff(200, signed_out=303, LOUHI=200)),
    ("POST", "/desk/calendar"): Row(expected=by_staff(200, signed_out=401, LOUHI=200)),
    ("POST", "/desk/calendar/revoke"): Row(expected=by_staff(303, signed_out=401, LOUHI=303)),
    # By an address of its own that only its adviser was shown; no other token opens it.
    ("GET", "/calendar/{token}.ics"): Row(expected=everybody(404)),
    ("GET", "/admin"): Row(expected=by_staff(403, signed_out=303, ADMIN=200)),
    ("GET", "/admin/attendance.csv"): Row(expected=by_staff(403, signed_out=303, ADMIN=200)),
    ("GET", "/desk/profile"): Row(expected=by_staff(200, signed_out=303, LOUHI=200)),
    ("POST", "/desk/profile"): Row(
        expected=by_staff(409, signed_out=401, LOUHI=409), sends={"about_fi": "Hei"}
    ),
    ("POST", "/desk/profile/photo"): Row(expected=by_staff(303, signed_out=401, LOUHI=303), sort="file"),
    ("POST", "/desk/profile/photo/remove"): Row(
        expected=by_staff(303, signed_out=401, LOUHI=303), sends={"sure": "1"}
    ),
    ("GET", "/desk/password"): Row(expected=by_all_staff(200, signed_out=303)),
    ("POST", "/desk/password"): Row(expected=by_all_staff(422, signed_out=401)),
    ("GET", "/desk/access"): Row(expected=by_all_staff(200, signed_out=303)),
    # Somebody else's session is none of one's own: nothing ends, and that looks like one that is over.
    ("POST", "/desk/access/sessions/end"): Row(
        expected=by_all_staff(303, signed_out=401),
        sends={"session": "{offering}"},
    ),
    ("POST", "/desk/access/sessions/end-others"): Row(expected=by_all_staff(303, signed_out=401)),
    # Whoever has proposed no app comes back to the page where one is begun.
    ("GET", f"{APP}"): Row(expected=by_all_staff(303, signed_out=303)),
    ("POST", f"{APP}"): Row(expected=by_all_staff(303, signed_out=401)),
    ("POST", "/desk/access/passkeys/options"): Row(
        expected=by_all_staff(200, signed_out=401), sort="json", sends={}
    ),
    ("POST", "/desk/access/passkeys"): Row(expected=by_all_staff(422, signed_out=401), sort="json", sends={}),
    # Somebody else's passkey, and one that there is not, look the same: nothing is taken away.
    ("POST", "/desk/access/passkeys/remove"): Row(
        expected=by_all_staff(303, signed_out=401), sends={"passkey": "00"}
    ),
    ("POST", f"{APP}/begin"): Row(expected=by_all_staff(303, signed_out=401)),
    ("POST", f"{APP}/remove"): Row(expected=by_all_staff(303, signed_out=401)),
    ("POST", f"{APP}/recovery-codes"): Row(expected=by_all_staff(303, signed_out=401)),
    # Named by a document's id, which must lead to no picture.
    ("GET", "/photos/{photo_id}"): Row(expected=everybody(404)),
    # The admin; what an empty form would change is refused with 422, an old one with 409.
    **{("GET", address): Row(expected=by_admin(200, signed_out=303)) for address in ADMIN_PAGES},
    **{("POST", address): Row(expected=by_admin(told, signed_out=401)) for address, told in ADMIN_DEEDS},
    ("POST", f"{PERSON}/photo"): Row(expected=by_admin(303, signed_out=401), sort="file"),
    ("GET", "/admin/disruptions"): Row(expected=by_staff(403, signed_out=303, ADMIN=200)),
    ("POST", "/admin/disruptions"): Row(expected=by_staff(403, signed_out=401, ADMIN=200), sends=DISRUPTION),
    ("GET", "/admin/disruptions/new"): Row(expected=by_staff(403, signed_out=303, ADMIN=200)),
    ("GET", "/admin/disruptions/{disruption_id}"): Row(expected=by_staff(403, signed_out=303, ADMIN=200)),
    ("POST", "/admin/disruptions/{disruption_id}/remind"): Row(
        expected=by_staff(403, signed_out=401, ADMIN=303)
    ),
    ("POST", "/admin/disruptions/{disruption_id}/end"): Row(
        expected=by_staff(403, signed_out=401, ADMIN=303)
    ),
    ("GET", "/desk/disruptions"): Row(expected=by_staff(200, signed_out=303, LOUHI=200)),
    ("POST", "/desk/disruptions"): Row(expected=by_staff(200, signed_out=401, LOUHI=200), sends=DISRUPTION),
    ("GET", "/desk/disruptions/new"): Row(expected=by_staff(200, signed_out=303, LOUHI=200)),
    ("GET", "/desk/disruptions/{disruption_id}"): Row(
        expected=by_staff(200, signed_out=303, AINIKKI=404, LOUHI=404)
    ),
    ("POST", "/desk/disruptions/{disruption_id}/remind"): Row(
        expected=by_staff(303, signed_out=401, AINIKKI=404, LOUHI=404)
    ),
    ("POST", "/desk/disruptions/{disruption_id}/end"): Row(
        expected=by_staff(303, signed_out=401, AINIKKI=404, LOUHI=404)
    ),
    ("GET", "/sign-in"): Row(expected=everybody(200)),
    ("POST", "/sign-in"): Row(expected=everybody(303), sends={"login": "louhi", "password": "louhi"}),
    # Half signed in is nobody here; the one link for a first admin is none while there is one.
    ("GET", "/sign-in/code"): Row(expected=everybody(303)),
    ("POST", "/sign-in/code"): Row(expected=everybody(303), sends={"code": "000000"}),
    ("GET", "/sign-in/enrol"): Row(expected=everybody(303)),
    ("POST", "/sign-in/enrol"): Row(expected=everybody(303), sends={"code": "000000"}),
    ("POST", "/sign-in/passkey/options"): Row(expected=everybody(200), sort="json", sends={}),
    ("POST", "/sign-in/passkey"): Row(expected=everybody(401), sort="json", sends={"credential": "{}"}),
    # No issuer is set up here; tests/web/test_staff_issuer.py has one.
    ("POST", "/sign-in/issuer"): Row(expected=everybody(404)),
    ("GET", "/sign-in/issuer/callback"): Row(expected=everybody(404), query="state=x&code=x"),
    ("GET", "/first-admin/{set_up}"): Row(expected=everybody(404)),
    ("POST", "/first-admin/{set_up}"): Row(expected=everybody(404), sends={"login": "x"}),
    ("POST", "/sign-out"): Row(expected=everybody(303)),
    # A demo alone; tests/web/test_demo.py shows that production has none of it.
    ("POST", "/sign-in/demo"): Row(expected=everybody(303), sends={"login": "louhi"}),
    ("GET", "/demo"): Row(expected=everybody(200)),
    ("GET", "/demo/outbox"): Row(expected=everybody(200)),
    ("GET", "/demo/outbox.json"): Row(expected=everybody(200)),
    ("POST", "/demo/outbox/answer"): Row(
        expected=everybody(303), sends={"sender": "+358409999999", "text": "OK"}
    ),
    ("GET", "/demo/bank"): Row(expected=everybody(200)),
    ("GET", "/demo/bank/authorize"): Row(expected=everybody(400)),
    ("POST", "/demo/bank/authorize"): Row(expected=everybody(400), sends={"choice": "aino"}),
    ("POST", "/demo/bank/token"): Row(expected=everybody(400), sends={"code": "x"}),
    ("GET", "/demo/phone"): Row(expected=everybody(200)),
    ("POST", "/demo/phone"): Row(expected=everybody(303), sends={"ring": "x", "choice": "cancel"}),
    ("POST", "/demo/phone/mss"): Row(expected=everybody(415), sends={"x": "x"}),
    ("GET", "/demo/phone/roots.pem"): Row(expected=everybody(200)),
    ("GET", "/demo/bank/signed_jwks.jwt"): Row(expected=everybody(200)),
    ("GET", "/demo/bank/.well-known/openid-federation"): Row(expected=everybody(200)),
    # A gateway, which signs; nobody else is listened to.
    ("POST", "/channels/sms/status"): Row(expected=everybody(401), sort="json", sends={}),
    ("POST", "/channels/sms/incoming"): Row(expected=everybody(401), sort="json", sends={}),
    # Programs.
    ("GET", "/api/v1/offerings"): Row(expected=by_key(200, "booking")),
    ("GET", "/api/v1/offerings/{offering_id}/slots"): Row(expected=by_key(200, "booking")),
    ("POST", "/api/v1/appointments"): Row(expected=by_key(201, "booking"), sort="json", sends=API_BOOKING),
    ("POST", "/api/v1/holds"): Row(expected=by_key(201, "booking"), sort="json", sends=API_HOLD),
    ("POST", "/api/v1/holds/{hold_id}/release"): Row(expected=by_key(200, "booking"), sort="json", sends={}),
    ("GET", CALL): Row(expected=by_key(200, "booking")),
    ("POST", f"{CALL}/move"): Row(expected=by_key(200, "booking"), sort="json", sends={"start": "{free}"}),
    ("POST", f"{CALL}/cancel"): Row(expected=by_key(200, "booking"), sort="json", sends={}),
    ("POST", f"{CALL}/restore"): Row(expected=by_key(200, "booking"), sort="json", sends={}),
    ("POST", f"{CALL}/confirm"): Row(expected=by_key(200, "booking"), sort="json", sends={}),
    ("GET", f"{CALL}/facts"): Row(expected=by_key(200, "booking")),
    ("GET", "/api/v1/statistics/attendance"): Row(expected=by_key(200, "statistics")),
    ("GET", "/api/v1/statistics/refill"): Row(expected=by_key(200, "statistics")),
}
