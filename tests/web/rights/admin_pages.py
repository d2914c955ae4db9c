"""The addresses of set-up: pages that admins alone see, and what an empty form is answered there."""

OFFERING = "/admin/offerings/{offering_id}"
ITEM = f"{OFFERING}/{{list}}/{{place}}"
PERSON = "/admin/people/{staff_id}"
WEBHOOK = "/admin/webhooks/{subscriber_id}"
SENTENCE, TAG = "/admin/sentences/{sentence_id}", "/admin/tags/{tag_id}"
ADMIN_PAGES = (
    "/admin/offerings", "/admin/offerings/new", OFFERING, f"{OFFERING}/{{section}}", f"{OFFERING}/advisers",
    f"{OFFERING}/{{list}}", ITEM, f"{OFFERING}/close", "/admin/people", "/admin/people/new", PERSON,
    f"{PERSON}/deactivate", f"{PERSON}/sessions", "/admin/teams",
    "/admin/changes", "/admin/letters", "/admin/rehearsal", "/admin/letters/failed",
    "/admin/letters/in-doubt",
    "/admin/webhooks", "/admin/webhooks/new", WEBHOOK, f"{WEBHOOK}/edit",
    "/admin/letters/texts", "/admin/letters/texts/{kind}",
    "/admin/sentences", SENTENCE, "/admin/tags", TAG, "/admin/tags.csv",
    "/admin/feedback.csv",
)  # fmt: skip
ADMIN_DEEDS = (
    ("/admin/offerings/new", 422), (f"{OFFERING}/{{section}}", 422), (f"{OFFERING}/advisers", 409),
    (ITEM, 422), (f"{ITEM}/shift", 422), (f"{ITEM}/remove", 409), (f"{OFFERING}/shift", 422),
    (f"{OFFERING}/close", 303), (f"{OFFERING}/open", 303), ("/admin/people/new", 422), (PERSON, 422),
    (f"{PERSON}/skills", 409), (f"{PERSON}/introduction", 409), (f"{PERSON}/photo/remove", 200),
    (f"{PERSON}/password", 200), (f"{PERSON}/deactivate", 422), (f"{PERSON}/activate", 303),
    (f"{PERSON}/second-factor/remove", 200), (f"{PERSON}/sessions/end", 422),
    (f"{PERSON}/sessions/end-all", 303),
    ("/admin/letters/texts/{kind}", 422), ("/admin/letters/trial-address", 303),
    ("/admin/letters/{letter_id}/again", 404), ("/admin/letters/{letter_id}/leave", 404),
    ("/admin/teams", 422), ("/admin/teams/{team_id}", 422), ("/admin/webhooks/new", 422),
    (f"{WEBHOOK}/edit", 422), (f"{WEBHOOK}/secret", 200), (f"{WEBHOOK}/pause", 303),
    (f"{WEBHOOK}/resume", 303), (f"{WEBHOOK}/test", 303), (f"{WEBHOOK}/replay", 422),
    (f"{WEBHOOK}/replay-failed", 303), (f"{WEBHOOK}/remove", 200),
    ("/admin/sentences", 422), (SENTENCE, 422), (f"{SENTENCE}/shift", 422), (f"{SENTENCE}/withdraw", 303),
    ("/admin/tags", 422), (TAG, 422), (f"{TAG}/shift", 422), (f"{TAG}/withdraw", 303),
)  # fmt: skip
