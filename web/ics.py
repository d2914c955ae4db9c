"""Appointments as calendar entries (RFC 5545, 5546): UTC times, and a summary that tells nothing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event
from yarl import URL

from booking.appointment import Appointment, Status
from web.i18n import N_, gettext

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

SUMMARY = N_("Video appointment")
AHEAD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar is told of an appointment; never what it is about."""

    appointment: Appointment
    organisation: str
    manage_url: str
    door_url: str


def calendar(entry: Entry, language: str, method: Method = "PUBLISH") -> bytes:
    """Write the file. The uid stays and the sequence counts when a time changes (RFC 5546, 2.1.4)."""
    whole = Calendar()
    whole.add("prodid", "-//Kohtaamo//Kohtaamo//EN")
    whole.add("version", "2.0")
    whole.add("method", method)
    whole.add_component(_event(entry, language))
    content: bytes = whole.to_ical()
    return content


def _event(entry: Entry, language: str) -> Event:
    appointment = entry.appointment
    cancelled = appointment.status is Status.CANCELLED
    event = Event()
    event.add("uid", f"{appointment.id}@{URL(entry.manage_url).host}")
    event.add("sequence", appointment.sequence + cancelled)
    event.add("dtstamp", appointment.booked_at)
    event.add("dtstart", appointment.span.start)
    event.add("dtend", appointment.span.end)
    event.add("summary", f"{gettext(language, SUMMARY)}, {entry.organisation}")
    event.add("location", entry.door_url)
    event.add("url", entry.manage_url)
    event.add("description", _description(entry, language))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if not cancelled:
        event.add_component(_alarm(language))
    return event


def _description(entry: Entry, language: str) -> str:
    come_in = gettext(language, "Come in here: %(url)s", url=entry.door_url)
    change = gettext(language, "Move or cancel: %(url)s", url=entry.manage_url)
    return f"{come_in}\n{change}"


def _alarm(language: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", gettext(language, SUMMARY))
    alarm.add("trigger", -AHEAD)
    return alarm
