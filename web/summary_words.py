"""The lines that an adviser can tick for the customer's summary, and how somebody says that it went."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.afterword import SummaryLine
from booking.feedback import Face, Handled
from web.i18n import N_

LINES: Mapping[SummaryLine, str] = MappingProxyType(
    {
        SummaryLine.SETTLED: N_("We settled the matter."),
        SummaryLine.WE_SEND: N_("We send you what we agreed on."),
        SummaryLine.YOU_SEND: N_("You send us what we agreed on."),
        SummaryLine.WE_CALL: N_("We call you."),
        SummaryLine.MEET_AGAIN: N_("We meet again."),
        SummaryLine.NOTHING_TO_DO: N_("You need not do anything."),
    }
)

HANDLED: Mapping[Handled, str] = MappingProxyType(
    {Handled.YES: N_("Yes"), Handled.PARTLY: N_("In part"), Handled.NO: N_("No")}
)

FACES: Mapping[Face, str] = MappingProxyType(
    {
        Face.GREAT: N_("Very well"),
        Face.GOOD: N_("Well"),
        Face.POOR: N_("Not well"),
        Face.BAD: N_("Badly"),
    }
)
