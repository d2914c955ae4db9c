"""The help for a failure on a device of which the server knows the system and the browser."""

from dataclasses import dataclass

from signalling.arrival import Arrival, Device
from signalling.failure import Failure
from web.device_help import WAYS, Way
from web.failure_words import DEVICES, FAILURES, cause_of, device_of
from web.i18n import gettext


@dataclass(frozen=True, slots=True)
class Help:
    """In the reader's language; `picture` is a symbol of img/help.svg, or nothing."""

    text: str
    help: str
    picture: str


def help_for(language: str, failure: Failure, arrival: Arrival | None) -> Help:
    """Choose the way of this browser, as the customer's own page does."""
    text, advice = FAILURES[failure]
    way = _way(cause_of(failure), arrival.device if arrival else Device())
    device = device_of(failure)
    said = gettext(language, way.help if way else advice)
    named = said.replace("%(device)s", gettext(language, DEVICES[device]) if device else "")
    return Help(gettext(language, text), named, way.picture if way else "")


def _way(cause: str, device: Device) -> Way | None:
    for way in WAYS:
        has_system = not way.systems or device.system in way.systems
        has_browser = not way.browsers or device.browser in way.browsers
        if way.cause == cause and has_system and has_browser:
            return way
    return None
