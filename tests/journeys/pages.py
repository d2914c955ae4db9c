"""Every page that people read, by the test that looks at it; a test of the house holds the list whole."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from re import findall
from uuid import UUID

from server.demo_data import LOUHI, MORTGAGE
from server.demo_wordings import DEMO_SENTENCE, DEMO_TAG

OFFERING, PERSON = "/admin/offerings/{offering_id}", "/admin/people/{staff_id}"
APPOINTMENT = "/desk/appointments/{appointment_id}"
ADMINS: Sequence[str] = (
    "/admin/offerings",
    "/admin/offerings/new",
    OFFERING,
    f"{OFFERING}/{{section}}",
    f"{OFFERING}/advisers",
    f"{OFFERING}/{{list}}",
    f"{OFFERING}/{{list}}/{{place}}",
    f"{OFFERING}/close",
    "/admin/people",
    "/admin/people/new",
    PERSON,
    f"{PERSON}/hours",
    f"{PERSON}/deactivate",
    f"{PERSON}/sessions",
    "/admin/letters",
    "/admin/rehearsal",
    "/admin/letters/texts",
    "/admin/letters/texts/{kind}",
    "/admin/letters/failed",
    "/admin/letters/in-doubt",
    "/admin/teams",
    "/admin/sentences",
    "/admin/sentences/{sentence_id}",
    "/admin/tags",
    "/admin/tags/{tag_id}",
    "/admin/holidays",
    "/admin/why",
    "/admin/disruptions",
    "/admin/disruptions/new",
    "/admin/access-log",
    "/admin/access-log/unusual",
    "/admin/changes",
    "/admin/webhooks",
    "/admin/webhooks/new",
)
"""test_setting_up_accessibility: what an admin sets up."""

ADVISERS: Sequence[str] = (
    "/desk/device-check",
    "/desk/hours",
    "/desk/why",
    "/desk/profile",
    "/desk/password",
    "/desk/access",
    "/desk/disruptions",
    "/desk/disruptions/new",
    f"{APPOINTMENT}/note",
    f"{APPOINTMENT}/restore",
    f"{APPOINTMENT}/documents",
)
CUSTOMERS: Sequence[str] = (
    "/a/{token}/terms",
    "/a/{token}/who-sees",
    "/book/{offering_id}/who-sees",
    "/a/{token}/waitlist",
    "/o/{offer_token}",
    "/o/{offer_token}/decline",
)
STEP_BY_STEP: Sequence[str] = (
    "/a/{token}/identify",
    "/a/{token}/identify/with/{provider}",
    "/a/{token}/identify/waiting",
    "/demo/phone",
    "/a/{token}/other-times",
    "/a/{token}/again",
    "/a/{token}/afterwards",
    "/a/{token}/failed",
    "/desk/appointments/{appointment_id}/late",
    f"{APPOINTMENT}/wrap-up",
    f"{APPOINTMENT}/again",
    f"{APPOINTMENT}/failed",
    f"{APPOINTMENT}/summary",
    "/desk/appointments/{appointment_id}/phone",
    "/admin/disruptions/{disruption_id}",
    "/desk/disruptions/{disruption_id}",
)
"""test_changes_accessibility: what changes for a customer, and at the desk."""

COMING_IN: Sequence[str] = (
    "/a/{token}/helper",
    "/h/{helper_token}",
)
"""test_coming_in: who helps a customer in."""

GUESTS: Sequence[str] = (
    "/g/{guest_token}",
    "/g/{guest_token}/meeting",
)
"""test_inviting: who is invited into a meeting."""

PHONES: Sequence[str] = ("/c/{camera_token}",)
"""test_second_camera: a customer's phone that shows something."""

OTHER_WAYS: Sequence[str] = (
    "/a/{token}/identify/code",
    "/a/{token}/passkey",
    f"{APPOINTMENT}/code",
)
"""test_other_ways: what lets a customer in while the bank is down."""

STAFF_SIGN_IN: Sequence[str] = (
    "/sign-in/code",
    "/sign-in/enrol",
    "/first-admin/{set_up}",
    "/desk/access/app",
)
"""test_staff_sign_in: what is asked beside the password."""

MEET_NOW: Sequence[str] = (
    "/book/{offering_id}/now",
    "/book/{offering_id}/now/call",
    "/book/{offering_id}/now/wait",
)
"""test_meet_now: while an adviser takes customers, and while nobody does."""

WEBHOOKS: Sequence[str] = (
    "/admin/webhooks/{subscriber_id}",
    "/admin/webhooks/{subscriber_id}/edit",
)
"""test_webhooks: one that is set up and told of a booking."""

ELSEWHERE: Sequence[str] = (
    "/",
    "/book/{offering_id}",
    "/book/holds/{hold_id}",
    "/lost-link",
    "/a/{token}",
    "/a/{token}/confirm",
    "/a/{token}/cancel",
    "/a/{token}/move",
    "/a/{token}/call",
    "/a/{token}/contact",
    "/a/{token}/door",
    "/a/{token}/identified",
    "/identify/{provider}/callback",
    "/a/{token}/documents",
    "/a/{token}/connection-test",
    "/a/{token}/practice",
    "/practice",
    "/i/{invitation}",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/admin",
    "/desk",
    "/desk/book",
    "/desk/book/{offering_id}",
    "/desk/book/{offering_id}/details",
    "/desk/invitations",
    "/desk/share",
    "/desk/calendar",
    f"{APPOINTMENT}/cancel",
    f"{APPOINTMENT}/link",
    f"{APPOINTMENT}/move",
    f"{APPOINTMENT}/colleague",
    f"{APPOINTMENT}/meeting",
    f"{APPOINTMENT}/identity",
    "/admin/access-log/extract",
    "/demo",
    "/demo/outbox",
    "/demo/bank",
    "/demo/bank/authorize",
)
"""test_accessibility, test_desk_accessibility, test_access_log, which come to most of them step by step."""

SECTIONS = ("texts", "time", "meeting", "rules", "letters", "terms", "refill", "now")
FILLED: Mapping[str, Sequence[str | UUID]] = {
    "offering_id": (MORTGAGE,),
    "staff_id": (LOUHI,),
    "section": SECTIONS,
    "list": ("questions", "advice"),
    "place": ("0", "new"),
    "kind": ("booked", "one_day", "offer"),
    "sentence_id": (DEMO_SENTENCE,),
    "tag_id": (DEMO_TAG,),
}


def opened(routes: Sequence[str], **values: str | UUID) -> Iterator[str]:
    """Fill in what stands in braces, with each of the values that there are."""
    known = {**FILLED, **{name: (value,) for name, value in values.items()}}
    for route in routes:
        names = findall(r"{(\w+)}", route)
        for chosen in product(*(known[name] for name in names)):
            yield route.format(**dict(zip(names, chosen, strict=True)))
