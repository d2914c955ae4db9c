"""What a browser counts of a call: sound that was made up, frames, and when something comes again."""

import asyncio
from dataclasses import dataclass
from time import monotonic

from playwright.async_api import Page

COUNTS = """
async () => {
  const counts = {packets: 0, frames: 0, bytes: 0, concealed: 0, samples: 0, sent: 0, pixels: 0};
  for (const connection of window.connections) {
    if (connection.connectionState === 'closed') continue;
    for (const stat of (await connection.getStats()).values()) {
      if (stat.type === 'outbound-rtp' && stat.kind === 'video') counts.sent += stat.framesEncoded ?? 0;
      if (stat.type !== 'inbound-rtp') continue;
      counts.frames += stat.framesDecoded ?? 0;
      counts.pixels += stat.frameHeight ?? 0;
      if (stat.kind !== 'audio') continue;
      counts.packets += stat.packetsReceived;
      counts.bytes += stat.bytesReceived;
      counts.concealed += stat.concealedSamples;
      counts.samples += stat.totalSamplesReceived;
    }
  }
  return counts;
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What has come in by now, and frames that were encoded here."""

    packets: int
    bytes: int
    frames: int
    concealed: int
    samples: int
    sent: int
    pixels: int
    at: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """What happened between two looks."""

    first: Counts
    last: Counts

    @property
    def concealed(self) -> float:
        """The share of the sound that had to be made up."""
        return (self.last.concealed - self.first.concealed) / max(1, self.last.samples - self.first.samples)

    @property
    def packet_bytes(self) -> float:
        """How much sound a packet carried."""
        return (self.last.bytes - self.first.bytes) / max(1, self.last.packets - self.first.packets)

    @property
    def frames_a_second(self) -> float:
        return (self.last.frames - self.first.frames) / (self.last.at - self.first.at)


async def counted(page: Page) -> Counts:
    return Counts(**await page.evaluate(COUNTS), at=monotonic())


async def stretches(pages: tuple[Page, Page], seconds: float) -> tuple[Stretch, Stretch]:
    """Look at both sides over the same time."""
    first = [await counted(page) for page in pages]
    await asyncio.sleep(seconds)
    last = [await counted(page) for page in pages]
    return Stretch(first[0], last[0]), Stretch(first[1], last[1])


async def until_back(page: Page, *, within: float) -> tuple[float, float]:
    """Return after how many seconds sound comes in anew, and after how many the picture."""
    first, began = await counted(page), monotonic()
    sound = picture = 0.0
    while not (sound and picture):
        now = await counted(page)
        if now.packets > first.packets + 2:
            sound = sound or now.at - began
        if now.frames != first.frames:  # fewer: a picture that was taken out counts from none
            picture = picture or now.at - began
        assert now.at - began < within, f"nothing came within {within} s"
        await asyncio.sleep(0.03)
    return sound, picture
