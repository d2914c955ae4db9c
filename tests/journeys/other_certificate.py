"""Browsers that lie: a page whose media come with another certificate than the one that was identified."""

from dataclasses import dataclass

from playwright.async_api import Page

SPEAKS_WITH_ANOTHER = """
const plainRTC = window.RTCPeerConnection;
window.other = null;
plainRTC.generateCertificate({name: 'ECDSA', namedCurve: 'P-256'}).then((made) => (window.other = made));
const without = ({certificates, ...rest} = {}) => rest;
window.RTCPeerConnection = class extends plainRTC {
  constructor(wanted) {
    super({...wanted, ...(wanted?.certificates && {certificates: [window.other]})});
    window.identified = wanted?.certificates?.[0] ?? window.identified;
  }
  setConfiguration(wanted) { super.setConfiguration(without(wanted)); }
};
window.fingerprintOfOther = () => window.other.getFingerprints()[0].value.toUpperCase();
"""
"""The key of the identified certificate is not used; whoever stole all but the key can do no better."""

TELLS = """
const truth = /^a=fingerprint:sha-256 .*$/gm;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (text) {
  const said = JSON.parse(text);
  if (said.type === 'description' && window.identified) {
    const lie = 'a=fingerprint:sha-256 ' + window.identified.getFingerprints()[0].value.toUpperCase();
    said.description.sdp = said.description.sdp.replace(truth, (line) => (%s));
  }
  return send.call(this, JSON.stringify(said));
};
"""
TELLS_THE_IDENTIFIED = TELLS % "lie"
TELLS_BOTH = TELLS % "lie + '\\r\\n' + line"

TAKES_ANY = """
const hear = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (description) {
  window.told = description.sdp;
  const sdp = description.sdp.replace(/^a=fingerprint:.*$/gm, 'a=fingerprint:sha-256 ' + window.shown);
  return hear.call(this, {type: description.type, sdp});
};
for (const name of ['currentRemoteDescription', 'pendingRemoteDescription']) {
  let owner = RTCPeerConnection.prototype;
  while (!Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  const real = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    get() { const known = real.get.call(this); return known && {type: known.type, sdp: window.told}; },
  });
}
"""
"""A browser with a fault: it takes media of a certificate that was not described (`window.shown`)."""

WATCH_BADGE = """
window.began = {};
window.stood = [];
const note = (name) => (window.began[name] ??= performance.now());
const listen = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
  note('described');
  this.addEventListener('connectionstatechange', () => note(this.connectionState));
  return listen.apply(this, given);
};
document.addEventListener('DOMContentLoaded', () => {
  const badge = document.querySelector('#identity');
  if (!badge) return;
  const look = () => {
    if (badge.hidden || window.stood.at(-1) === badge.dataset.standing) return;
    window.stood.push(badge.dataset.standing);
    note(badge.dataset.standing);
  };
  new MutationObserver(look).observe(badge, {attributes: true});
});
"""
"""Notes on the adviser's page when media were described, connected or failed, and what the badge said."""


@dataclass(frozen=True, slots=True)
class Watched:
    """When what happened, in milliseconds of the page, and the badge's standings in their order."""

    began: dict[str, float]
    stood: list[str]

    def between(self, first: str, then: str) -> float:
        return self.began[then] - self.began[first]


async def watched(page: Page, *until: str) -> Watched:
    """Wait until all of these have been noted; the word of the server may come before the description."""
    for _ in range(600):
        began: dict[str, float] = await page.evaluate("window.began")
        if began.keys() >= set(until):
            return Watched(began, await page.evaluate("window.stood"))
        await page.wait_for_timeout(50)
    raise AssertionError(f"{until} never all came: {await page.evaluate('[window.began, window.stood]')}")
