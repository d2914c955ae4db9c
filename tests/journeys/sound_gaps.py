"""How long sound stayed away: the gaps between its packets, by the moment at which the browser took each in.

A transform looks at every packet on its way to the decoder, and hands it on as it is. `getStats` would be too
coarse: a browser counts anew no more than twenty times a second.
"""

from dataclasses import dataclass

from playwright.async_api import BrowserContext, Page, Route

_WORKER = """
let last = 0, longest = 0, packets = 0;
onrtctransform = ({ transformer: { readable, writable } }) => {
  const look = new TransformStream({
    transform(frame, controller) {
      const at = frame.getMetadata().receiveTime ?? performance.now();
      if (last) longest = Math.max(longest, at - last);
      last = at;
      packets += 1;
      controller.enqueue(frame);
    },
  });
  void readable.pipeThrough(look).pipeTo(writable);
};
onmessage = () => {
  postMessage({ longest_ms: longest, packets });
  longest = packets = 0;
};
"""
_WATCH = """
window.soundGaps = [];
const watch = (receiver) => {
  if (receiver.track.kind !== 'audio' || receiver.transform) return;
  const worker = new Worker('/sound-gaps.js');
  window.soundGaps.push(worker);
  receiver.transform = new RTCRtpScriptTransform(worker);
};
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) {
    super(...given);
    this.addEventListener('track', ({ receiver }) => watch(receiver));
  }
  addTransceiver(...given) {
    const made = super.addTransceiver(...given);
    watch(made.receiver);
    return made;
  }
  addTrack(...given) {
    const sender = super.addTrack(...given);
    for (const { receiver } of this.getTransceivers()) watch(receiver);
    return sender;
  }
};
"""
"""A browser takes a transform only from a receiver that is new."""
_TAKE = """
async () => {
  const taken = window.soundGaps.map((worker) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage('take');
  }));
  return (await Promise.all(taken)).toSorted((one, other) => other.packets - one.packets)[0];
}
"""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The longest gap since somebody looked, and how many packets came."""

    longest_ms: float
    packets: int


async def watch_sound(context: BrowserContext) -> None:
    """Watch the packets of every call on the pages that will be opened."""

    async def lend(route: Route) -> None:
        await route.fulfill(body=_WORKER, content_type="text/javascript")

    await context.route("**/sound-gaps.js", lend)
    await context.add_init_script(_WATCH)


async def gaps(page: Page) -> Gaps:
    """Tell of the time since the last look, and begin anew."""
    return Gaps(**await page.evaluate(_TAKE))
