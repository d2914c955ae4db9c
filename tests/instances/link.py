"""A link between two network namespaces, in user space: delay, jitter, loss, rate, and nothing at all.

A kernel may have no netem; two TUN devices and this process are enough. `python -m tests.instances.link A B`
reads one JSON object a line: `Weather`, which holds from then on for both directions, or `{"gaps": true}`,
answered by the longest gap between packets of sound, in milliseconds by direction, since it was last asked.
"""

import json
import os
import selectors
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from fcntl import ioctl
from heapq import heappop, heappush
from random import Random
from time import monotonic

from tests.instances.namespaces import enter

TUNSETIFF, TUN_WITHOUT_HEAD = 0x400454CA, 0x1001
NEAR, FAR = "198.18.7.1", "198.18.7.2"
MTU = 1_500
UDP = 17
SOUND = {63, 111}
"""What Chromium calls redundant and plain Opus in the head of a packet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What a link does to each packet; `kbits` 0 is no limit, and `is_cut` lets nothing through."""

    delay: float = 0.0
    jitter: float = 0.0
    loss: float = 0.0
    kbits: float = 0.0
    queue: float = 0.3
    is_cut: bool = False


@dataclass(slots=True, kw_only=True)
class Way:
    """One direction: packets enter, wait in order, and leave by the other device."""

    into: int
    chance: Random
    free_at: float = 0.0
    last_due: float = 0.0
    heard_at: dict[int, float] = field(default_factory=dict)
    longest: float = 0.0

    def due(self, packet: bytes, weather: Weather, now: float) -> float | None:
        """Say when a packet leaves; None: it is lost, or the queue before the slow part is full."""
        if weather.is_cut or self.chance.random() < weather.loss:
            return None
        begins = max(now, self.free_at)
        if weather.kbits:
            if begins - now > weather.queue:
                return None
            begins += len(packet) * 8 / (weather.kbits * 1_000)
            self.free_at = begins
        due = begins + weather.delay + self.chance.uniform(0, weather.jitter)
        self.last_due = max(due, self.last_due)
        return self.last_due

    def listen(self, packet: bytes, now: float) -> None:
        """Note how long nothing of a voice has left; each source of sound counts by itself."""
        rtp = (packet[0] & 15) * 4 + 8
        is_sound = (
            packet[9] == UDP
            and len(packet) > rtp + 12
            and packet[rtp] >> 6 == 2
            and packet[rtp + 1] & 127 in SOUND
        )
        if not is_sound:
            return
        source = int.from_bytes(packet[rtp + 8 : rtp + 12])
        self.longest = max(self.longest, now - self.heard_at.get(source, now))
        self.heard_at[source] = now


def opened(namespace: str, address: str, opposite: str) -> int:
    """Open a TUN device in a namespace, with its address."""
    enter(namespace)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"wire", TUN_WITHOUT_HEAD))
    run = ["ip", "address", "add", address, "peer", opposite, "dev", "wire"]
    for command in (run, ["ip", "link", "set", "wire", "up", "mtu", str(MTU), "txqueuelen", "100"]):
        subprocess.run(command, check=True)
    return device


def carry(devices: dict[int, Way]) -> None:
    """Carry packets until standard input ends."""
    weather, waiting, number = Weather(), list[tuple[float, int, int, bytes]](), 0
    order = os.fdopen(os.dup(0), "rb", buffering=0)
    with selectors.DefaultSelector() as selector:
        for source in (0, *devices):
            selector.register(source, selectors.EVENT_READ)
        while True:
            pause = max(0.0, waiting[0][0] - monotonic()) if waiting else None
            for key, _ in selector.select(pause):
                if key.fd == 0:
                    line = order.readline()
                    if not line:
                        return
                    weather = told(json.loads(line), devices, weather)
                    continue
                packet, now = os.read(key.fd, 65_535), monotonic()
                due = devices[key.fd].due(packet, weather, now)
                if due is not None:
                    number += 1
                    heappush(waiting, (due, number, key.fd, packet))
            deliver(waiting, devices, weather)


def deliver(waiting: list[tuple[float, int, int, bytes]], devices: dict[int, Way], weather: Weather) -> None:
    """Let out what is due; what is under way when the link is cut is lost too."""
    now = monotonic()
    while waiting and waiting[0][0] <= now:
        _, _, source, packet = heappop(waiting)
        if not weather.is_cut:
            devices[source].listen(packet, now)
            os.write(devices[source].into, packet)


def told(said: dict[str, float | bool], devices: dict[int, Way], weather: Weather) -> Weather:
    """Take another weather, or answer."""
    if "gaps" not in said:
        for way in devices.values():
            way.free_at = way.last_due = 0.0
        return Weather(**said)  # type: ignore[arg-type]  # the test's own Weather, written as JSON
    print(json.dumps([round(way.longest * 1_000, 1) for way in devices.values()]), flush=True)
    for way in devices.values():
        way.longest = 0.0
    return weather


if __name__ == "__main__":
    near = opened(sys.argv[1], NEAR, FAR)
    far = opened(sys.argv[2], FAR, NEAR)
    os.nice(-10)
    print("open", flush=True)
    carry({near: Way(into=far, chance=Random(1)), far: Way(into=near, chance=Random(2))})
