"""Who hides a room, who chooses, and which page may run the filter."""

from signalling.participant import Role
from tests.instances.node import printed, script_address
from tests.web.house import SITE
from web.first_script import FIRST_HASH
from web.picture_rule import PictureRule
from web.policy import Policy, content_security_policy

SCRIPT = """
const {{ choiceOf }} = await import({module});
const found = [];
for (const rule of ["off", "offered", "forced"])
  for (const hasFilter of [true, false])
    found.push([null, "bare", "blur", "neutral"].map((it) => choiceOf(it, {{ rule, hasFilter }})).join(" "));
console.log(JSON.stringify(found));
"""


def test_nobody_forces_a_customer() -> None:
    assert [rule.of(Role.CUSTOMER) for rule in PictureRule] == ["off", "offered", "offered"]
    assert [rule.of(Role.ADVISER) for rule in PictureRule] == ["off", "offered", "forced"]


def test_no_page_but_the_meeting_runs_the_filter() -> None:
    scripts = {policy: content_security_policy(SITE, policy=policy).split("; ")[1] for policy in Policy}

    assert scripts == {
        Policy.PLAIN: "script-src 'self'",
        Policy.CAMERA: f"script-src 'self' {FIRST_HASH}",
        Policy.MEETING: f"script-src 'self' {FIRST_HASH} 'wasm-unsafe-eval'",
    }


async def test_what_was_hidden_stays_hidden_without_the_filter_and_force_leaves_nothing_bare() -> None:
    off, off_without, offered, offered_without, forced, forced_without = await printed(
        SCRIPT.format(module=script_address("picture/choice.js"))
    )

    assert off == off_without == "bare bare bare bare"
    assert (offered, offered_without) == ("bare bare blur neutral", "bare bare neutral neutral")
    assert (forced, forced_without) == ("blur blur blur neutral", "neutral neutral neutral neutral")
