"""What the access log says, in words that the customer can read."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.look import Look, Thing, Viewer
from web.i18n import N_, gettext

THINGS: Mapping[Thing, str] = MappingProxyType(
    {
        Thing.PERSON: N_("Personal data"),
        Thing.APPOINTMENT: N_("Appointment"),
        Thing.DOCUMENT: N_("Document"),
        Thing.TEXT: N_("Messages and answers"),
        Thing.LOG: N_("Access log"),
    }
)

_OF_ONE = "/desk/appointments/{appointment_id}"
_CALL = "/api/v1/appointments/{appointment_id}"

PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "GET /desk": N_("The list of the day"),
        f"GET {_OF_ONE}/meeting": N_("Holding the meeting"),
        f"GET {_OF_ONE}/documents": N_("The list of documents"),
        f"GET {_OF_ONE}/documents/{{document_id}}/pages/{{page}}": N_("Reading a document"),
        f"GET {_OF_ONE}/cancel": N_("Cancelling the appointment"),
        f"GET {_OF_ONE}/move": N_("Moving the appointment"),
        f"GET {_OF_ONE}/colleague": N_("Giving the appointment to a colleague"),
        f"GET {_OF_ONE}/late": N_("Telling about a delay"),
        f"GET {_OF_ONE}/restore": N_("Bringing the appointment back"),
        f"GET {_OF_ONE}/link": N_("Handing over the customer's link"),
        f"GET {_OF_ONE}/identity": N_("Checking who was identified"),
        f"POST {_OF_ONE}/identity": N_("Reading the personal identity code"),
        f"GET {_CALL}": N_("A program read the appointment"),
        f"GET {_CALL}/facts": N_("A program read the appointment's history"),
        "GET /admin/access-log": N_("Looking into the access log"),
        "GET /admin/access-log/extract": N_("An extract of the access log"),
        "GET /admin/access-log/unusual": N_("Looking for unusual looks"),
        "POST /admin/access-log/verify": N_("Seeing whether the access log is whole"),
        "kohtaamo access-log export": N_("An extract of the access log"),
    }
)
"""Why somebody looked: by the page or call that showed it."""


def purpose_words(look: Look, language: str) -> str:
    """Return why somebody looked; a page that there is no more tells its address."""
    words = PURPOSES.get(look.purpose)
    return gettext(language, words) if words else look.purpose


def viewer_words(look: Look, names: Mapping[object, str], language: str) -> str:
    """Name who looked: a member, a program by its key, or the operator."""
    if look.viewer is Viewer.OPERATOR:
        return gettext(language, N_("The operator of the service"))
    name = names.get(look.by, "")
    if look.viewer is Viewer.STAFF:
        return name
    return gettext(language, N_("Program: %(name)s")) % {"name": name or str(look.by)}
