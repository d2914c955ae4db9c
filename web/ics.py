"""Appointments as calendar entries (RFC 5545, 5546): UTC times, and a summary that tells nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event, vCalAddress
from yarl import URL

from booking.appointment import Appointment, Status
from booking.revision import Revision
from web.i18n import N_, gettext

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

SUMMARY = N_("Video appointment")
AHEAD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a customer's calendar is told of an appointment; never what it is about.

    `sender` is the address that letters come from. `recipient` is the one that this goes to: calendars
    take up a letter's update only when they find themselves among those invited (RFC 5546, 3.2.2). A file
    that is fetched invites nobody.
    """

    appointment: Appointment
    revision: Revision
    organisation: str
    manage_url: str
    door_url: str
    sender: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """What an adviser's calendar is told: that there is something, and where to look."""

    appointment: Appointment
    revision: Revision
    summary: str
    url: str


def calendar(entry: Entry, language: str, method: Method = "PUBLISH") -> bytes:
    """Write the file. The uid stays and the sequence rises with each edition (RFC 5546, 2.1.4)."""
    whole = _whole(method)
    whole.add_component(_event(entry, language))
    content: bytes = whole.to_ical()
    return content


def feed(entries: Iterable[Busy], name: str) -> bytes:
    """Write a calendar that programs fetch anew, every quarter of an hour if they follow our wish."""
    whole = _whole("PUBLISH")
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT15M")
    for entry in entries:
        event = _bare(entry.appointment, entry.revision)
        event.add("summary", entry.summary)
        event.add("url", entry.url)
        event.add("description", entry.url)
        whole.add_component(event)
    content: bytes = whole.to_ical()
    return content


def _whole(method: Method) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Kohtaamo//Kohtaamo//EN")
    whole.add("version", "2.0")
    whole.add("method", method)
    return whole


def _bare(appointment: Appointment, revision: Revision) -> Event:
    """Return what every entry has: which one it is, which edition, and when.

    The uid names no host, because an installation may move to another in an appointment's lifetime
    (RFC 7986, 5.3).
    """
    event = Event()
    event.add("uid", str(appointment.id))
    event.add("sequence", revision.number)
    event.add("dtstamp", revision.at)
    event.add("dtstart", appointment.span.start)
    event.add("dtend", appointment.span.end)
    event.add("status", "CANCELLED" if appointment.status is Status.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _event(entry: Entry, language: str) -> Event:
    event = _bare(entry.appointment, entry.revision)
    event.add("summary", f"{gettext(language, SUMMARY)}, {entry.organisation}")
    event.add("location", entry.door_url)
    event.add("url", entry.manage_url)
    event.add("description", _description(entry, language))
    if entry.recipient:
        _invite(event, entry)
    if entry.appointment.status is not Status.CANCELLED:
        event.add_component(_alarm(language))
    return event


def _invite(event: Event, entry: Entry) -> None:
    """Say who invites whom, by address alone: as accepted, since nobody reads answers."""
    sender = entry.sender or f"no-reply@{URL(entry.manage_url).host}"
    organiser = vCalAddress(f"mailto:{sender}")
    organiser.params["CN"] = entry.organisation
    event.add("organizer", organiser)
    attendee = vCalAddress(f"mailto:{entry.recipient}")
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)


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
