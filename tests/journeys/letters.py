"""Links in the letters that came, found by what they lead to."""

import re

from tests.instances.smtp import Mail, Mailbox

OFFER = r"/o/[\w-]{22}"
OTHER_TIMES = r"/a/[\w-]{22}/other-times"


async def link_in_a_letter(mailbox: Mailbox, address: str, leading_to: str, *, but_not: str = "") -> str:
    """Wait for a letter with a link of this shape, another than a known one, and return its path."""
    read = 0
    while True:
        mails = await mailbox.until(address, read + 1)
        for mail in mails[read:]:
            if (path := _link(mail, leading_to)) and path != but_not:
                return path
        read = len(mails)


def _link(mail: Mail, leading_to: str) -> str:
    body = mail.message.get_body(("plain",))
    found = re.search(rf"https?://[^/\s]+({leading_to})", body.get_content()) if body else None
    return found[1] if found else ""
