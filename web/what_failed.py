"""What people name who say that a meeting failed: how they say it, and what helps the next time."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.failed import WhatFailed
from web.i18n import N_

WHAT_FAILED: Mapping[WhatFailed, tuple[str, str]] = MappingProxyType(
    {
        WhatFailed.NOT_HEARD: (
            N_("We did not hear each other"),
            N_("Practise in 60 seconds before the new time: the practice listens to your microphone."),
        ),
        WhatFailed.NOT_SEEN: (
            N_("We did not see each other"),
            N_("Practise in 60 seconds before the new time: the practice looks at your camera."),
        ),
        WhatFailed.BROKE_OFF: (
            N_("The connection broke off again and again"),
            N_("Another network often helps, such as the phone's own, or a place closer to the router."),
        ),
        WhatFailed.PAPERS_FAILED: (
            N_("The papers did not open"),
            N_("Send the papers beforehand from the page of the new time: there we see whether they open."),
        ),
        WhatFailed.FAILED_OTHERWISE: (
            N_("Something else did not work"),
            N_("Call us, and we will find another way."),
        ),
    }
)
