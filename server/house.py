"""What serving and background work share: the settings made real, once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from booking.letter import Channel
from server.clock import Clock, shifted_clock, system_clock
from server.database.engine import Engines, open_engines
from server.database.leftovers import AFTERWORDS_KEPT, LETTERS_KEPT, MESSAGES_KEPT, NOTES_KEPT
from server.database.units import SqlUnits
from server.person_keys import FOLDER
from server.sealing import Sealer
from server.settings import BadSettings, Settings
from server.staff_issuer import issuer_label
from web.desk_news import DeskNews
from web.keeping import Keeping
from web.public_site import Site

DEMO_PHONE = "09 000 0000"
"""Production refuses to start without one; the demo's rings nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One process's share of the installation; whoever opens it closes its units."""

    settings: Settings
    clock: Clock
    engines: Engines
    units: SqlUnits
    site: Site
    desk_news: DeskNews


def open_house(settings: Settings) -> House:
    """Make a house of the settings; the database is not opened before it is asked.

    Raises BadSettings for a zone that nobody knows, a database of another kind, and a folder that cannot be.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        engines = open_engines(settings.database)
    except ValueError as error:
        raise BadSettings(f"KOHTAAMO_DATABASE_URL: {error}") from None
    except OSError as error:
        raise BadSettings(f"KOHTAAMO_DATA: the folder cannot be used ({error.strerror})") from None
    clock = shifted_clock(settings.clock_file) if settings.clock_file else system_clock
    desk_news = DeskNews()
    units = SqlUnits(
        engines, Sealer(settings.secret.encode(), person_keys=settings.data / FOLDER), tell=desk_news.tell
    )
    return House(
        settings=settings,
        clock=clock,
        engines=engines,
        units=units,
        site=site_of(settings),
        desk_news=desk_news,
    )


def site_of(settings: Settings) -> Site:
    """Return what the installation says of itself."""
    try:
        zone = ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSettings(f"KOHTAAMO_ZONE: {settings.zone} is no time zone") from None
    return Site(
        organisation=settings.organisation,
        phone=settings.phone or DEMO_PHONE,
        logo_url=settings.logo_url,
        sender=settings.sender,
        has_sms=settings.has_sms,
        reads_sms=settings.reads_sms,
        sms_segments=settings.sms_segments,
        a_minute=_a_minute(settings),
        second_factor=settings.who_needs_second_factor,
        staff_issuer=issuer_label(settings),
        has_staff_passwords=settings.staff_passwords,
        picture=settings.picture,
        public_url=settings.address,
        zone=zone,
        is_demo=settings.is_demo,
        is_tls=settings.is_tls,
        keeping=Keeping(
            relays_all=settings.relays_all,
            has_relay=bool(settings.turn_urls),
            hides_private=settings.hide_private_addresses,
            persons=timedelta(days=settings.persons_kept_days),
            letters=LETTERS_KEPT,
            messages=MESSAGES_KEPT,
            notes=NOTES_KEPT,
            afterwords=AFTERWORDS_KEPT,
        ),
        hosts=frozenset(filter(None, (urlsplit(settings.address).hostname,))),
        trusted_proxies=settings.trusted_proxies,
    )


def _a_minute(settings: Settings) -> Mapping[Channel, int]:
    """Return how many letters leave by each channel that the settings ask for."""
    has_mail = settings.is_demo or bool(settings.smtp_url)
    mail = {Channel.MAIL: settings.mail_a_minute} if has_mail else {}
    return mail | ({Channel.SMS: settings.sms_a_minute} if settings.has_sms else {})
