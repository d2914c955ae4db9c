"""Builds the web application by hand, top to bottom: the one place that knows the concrete classes."""

import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from aiohttp import web

from identity.catalogue import load
from identity.demo_bank.registration import NAME
from identity.demo_mobile.registration import NAME as DEMO_MOBILE
from identity.errors import DemoInProduction, ProviderMissing
from identity.ftn.provider import NAME as FTN
from identity.oidc.federation import Published
from identity.oidc.own_key import KeyUse
from identity.personal_code import SubjectKeys
from identity.provider import BadProviderSettings, ProviderContext
from identity.staff_issuer.code_flow import StaffCodeFlow
from identity.tickets import Signer
from server.addresses import LOOPBACK
from server.blobs import FileBlobs
from server.bounces import watched
from server.channels import senders_of
from server.converter import ChildConverter
from server.demo_bank import opened_bank, service_keys_of, settings_for
from server.derived_key import derived_key
from server.fetch import HttpFetch
from server.health import ROUTES as HEALTH_ROUTES
from server.health import UNDER_WATCH, Watch
from server.house import House
from server.key_files import ticket_key
from server.letter_room import ComposingRoom
from server.media_client import MediaClient, socket_in
from server.meeting_log import UnitMeetingLog
from server.own_keys import KeyFolder, known_as
from server.provider_settings import provider_settings
from server.settings import BadSettings
from server.staff_issuer import issuer_of
from server.turn.access import TurnAccess, relay_access
from server.webhooks.targets import LookedUpTargets, target_rules
from signalling.ice import IcePolicy
from signalling.switchboard import Switchboard
from web import keys
from web.document_drawing import drawing_of_documents
from web.meeting_socket import close_meetings, keep_meetings
from web.middleware.order import dress
from web.pages.demo_bank import BANK
from web.pages.demo_phone import OPERATOR, HasOtherSide
from web.pages.federation import PUBLISHED
from web.public_site import Allowance
from web.rates import Rates
from web.rights import require_lines
from web.routes import ROUTES
from web.static import Assets


def build_app(house: House, *, trusting: ssl.SSLContext | None = None) -> web.Application:
    """Build everything that answers browsers.

    `trusting` is for a demo that signs its own certificate and is its own bank. Raises BadSettings for
    a provider that cannot be had.
    """
    app = web.Application()
    app[keys.UNITS] = house.units
    app[keys.CLOCK] = house.clock
    app[keys.SITE] = house.site
    app[keys.SECRET] = derived_key(house.settings.secret.encode(), "csrf")
    app[keys.ALLOWANCE] = _allowance(house)
    app[keys.RATES] = Rates()
    app[keys.ASSETS] = Assets()
    app[keys.DESK_NEWS] = house.desk_news
    app[keys.SMS_SECRET] = house.settings.sms_secret.encode()
    app[keys.LETTER_ROOM] = ComposingRoom(house.site, house.clock, lambda: senders_of(house))
    dress(app)
    _add_identity(app, house, HttpFetch(trusting))
    turn = _add_meetings(app, house)
    app[UNDER_WATCH] = Watch(house.units, house.clock, watched(house.settings), turn)
    _add_documents(app, house)
    app[keys.TARGETS] = LookedUpTargets(target_rules(house.settings))
    app.add_routes([*HEALTH_ROUTES, *ROUTES])
    require_lines(app.router.routes())
    return app


def _allowance(house: House) -> Allowance:
    return Allowance(
        api_calls_a_second=house.settings.api_calls_a_second,
        holds_per_browser=house.settings.holds_per_browser,
        holds_per_address=house.settings.holds_per_address,
        bookings_per_person=house.settings.bookings_per_person,
    )


def _add_identity(app: web.Application, house: House, fetch: HttpFetch) -> None:
    settings = house.settings
    context = ProviderContext(
        public_url=house.site.public_url,
        back_channel_url=_back_channel(house),
        is_production=not settings.is_demo,
        subject_keys=SubjectKeys(derived_key(settings.secret.encode(), "subject")),
        fetch=fetch,
        own_keys=KeyFolder(settings.data),
        post=fetch.post,
    )
    contexts = dict.fromkeys(settings.providers, context)
    if settings.is_demo and NAME in contexts:
        ours = service_keys_of(house)
        contexts[NAME] = replace(context, own_keys=lambda: ours)
        app[BANK] = opened_bank(house, ours)
    try:
        loaded = (load([name], each, _provider_settings(app)) for name, each in contexts.items())
        app[keys.PROVIDERS] = {name: provider for each in loaded for name, provider in each.items()}
    except ProviderMissing as missing:
        raise BadSettings(f"KOHTAAMO_IDENTITY names {missing}, which is not installed") from None
    except DemoInProduction as demo:
        raise BadSettings(f"KOHTAAMO_IDENTITY names {demo}, which production refuses") from None
    except BadProviderSettings as bad:
        raise BadSettings(str(bad)) from None
    _open_phones(app, house)
    _publish_keys(app, house, context)
    issuer = issuer_of(settings)
    if issuer is not None:
        app[keys.STAFF_ISSUER] = StaffCodeFlow(issuer, fetch)
    app[keys.SIGNER] = Signer(ticket_key(settings.data))

    async def hang_up(_: web.Application) -> AsyncIterator[None]:
        yield
        await fetch.close()

    app.cleanup_ctx.append(hang_up)


def _open_phones(app: web.Application, house: House) -> None:
    """Open the demo's operator, which its provider brings along: what it needs is loaded in a demo alone."""
    provider: object = app[keys.PROVIDERS].get(DEMO_MOBILE)
    if house.settings.is_demo and isinstance(provider, HasOtherSide):
        app[OPERATOR] = provider.other_side(now=house.clock())


def _provider_settings(app: web.Application) -> Callable[[str], Mapping[str, str]]:
    """Read the operator's settings; the demo bank's come from the bank."""

    def read(provider: str) -> Mapping[str, str]:
        return settings_for(app[BANK]) if provider == NAME and BANK in app else provider_settings(provider)

    return read


def _publish_keys(app: web.Application, house: House, context: ProviderContext) -> None:
    """Show our keys to brokers, where one must know us. Raises BadSettings when there are none to show."""
    if FTN not in app[keys.PROVIDERS]:
        return
    own_keys, now = context.own_keys(), house.clock()
    if own_keys.used(KeyUse.SIGNING, now=now) is None or own_keys.used(KeyUse.ENCRYPTION, now=now) is None:
        raise BadSettings("KOHTAAMO_IDENTITY names ftn, which needs keys: `kohtaamo keys` says how")
    app[PUBLISHED] = Published(known_as(house.site), context.own_keys)


def _back_channel(house: House) -> str:
    """Return how this server reaches itself, which the demo bank alone needs."""
    return house.site.public_url if house.site.is_tls else f"http://127.0.0.1:{house.settings.port}"


def _add_meetings(app: web.Application, house: House) -> TurnAccess:
    settings = house.settings
    ice = IcePolicy(
        stun_urls=settings.stun_urls,
        turn_urls=settings.turn_urls,
        turn_secret=settings.turn_secret,
        is_relay_only=settings.relays_all,
        hides_private=settings.hide_private_addresses,
        is_local=urlsplit(house.site.public_url).hostname in LOOPBACK,
    )
    turn = relay_access(settings, house.clock, lasts=ice.lasts)
    media = MediaClient(socket_in(settings.data), ice)
    app[keys.RELAY] = turn
    app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(house.units), ice, turn)
    app[keys.PRECALL] = media
    app.on_shutdown.insert(0, close_meetings)
    app.cleanup_ctx.append(keep_meetings)

    async def hang_up(_: web.Application) -> AsyncIterator[None]:
        async with turn.kept():
            yield
        await media.close()

    app.cleanup_ctx.append(hang_up)
    return turn


def _add_documents(app: web.Application, house: House) -> None:
    app[keys.BLOBS] = FileBlobs(house.settings.data / "documents")
    app[keys.CONVERTER] = app[keys.PORTRAITS] = ChildConverter()
    app.cleanup_ctx.append(drawing_of_documents)
