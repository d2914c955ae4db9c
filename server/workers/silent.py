"""Which loops of the background work have been silent for too long."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from server.workers.heartbeat import SILENT_AFTER, WEBHOOKS, WORKER


def silent(ages: Mapping[str, timedelta], channels: Sequence[str]) -> list[str]:
    """Name each loop that should be alive and is not; what is not set up is not missed.

    A loop that waits because another process holds the channel is alive.
    """
    return [name for name in (WORKER, WEBHOOKS, *channels) if name not in ages or ages[name] > SILENT_AFTER]
