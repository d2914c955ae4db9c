"""Tell one notice that was claimed: gather, write, sign, post, and mark what came of it."""

from time import monotonic

import structlog

from booking.notice import Attempt, Fault, Notice
from server.clock import Clock
from server.database.units import SqlUnits
from server.webhooks.body import body_of
from server.webhooks.parcel import Parcel, packed
from server.webhooks.post import Poster
from server.webhooks.settle import MOST_TRIES, settle
from server.webhooks.signing import signed_headers
from web.public_site import Site

_log = structlog.get_logger()


class Teller:
    """Tells; each step is a unit of its own, and nothing is awaited from outside within one."""

    def __init__(self, units: SqlUnits, clock: Clock, poster: Poster, site: Site) -> None:
        self._units = units
        self._clock = clock
        self._poster = poster
        self._site = site

    async def tell(self, notice: Notice) -> None:
        """Make one try and mark what came of it; give up at once what nobody can tell any more."""
        if notice.tries > MOST_TRIES:  # whoever claimed it has died with it each time
            await self._give_up(notice, Fault.CUT_OFF)
            return
        async with self._units.read() as unit:
            parcel = await packed(unit, notice, now=self._clock())
        if parcel is None:
            await self._give_up(notice, Fault.GONE)
            return
        attempt, retry_after = await self._attempt(parcel)
        await self._units.do(lambda unit: settle(unit, notice, attempt, retry_after=retry_after))

    async def _give_up(self, notice: Notice, why: Fault) -> None:
        attempt = Attempt(at=self._clock(), milliseconds=0, fault=why)
        await self._units.do(lambda unit: unit.notices.mark_failed(notice.id, attempt))

    async def _attempt(self, parcel: Parcel) -> tuple[Attempt, str]:
        """Try once; return what came of it, and when the other side wants the next try."""
        at, begun = self._clock(), monotonic()
        body = body_of(parcel, self._site)
        headers = signed_headers(parcel.notice.id, body, parcel.secrets, now=at)
        answered = await self._poster.post(parcel.subscriber.address, body, headers)
        if answered.fault is not None:
            told = {"subscriber": str(parcel.subscriber.id), "notice": str(parcel.notice.id)}
            _log.warning("webhook not delivered", fault=answered.fault, status=answered.status, **told)
        attempt = Attempt(
            at=at,
            milliseconds=round((monotonic() - begun) * 1000),
            status=answered.status,
            fault=answered.fault,
            said=answered.said,
        )
        return attempt, answered.retry_after
