"""What can keep a microphone or a camera shut, played in the page by replacing `navigator.mediaDevices`."""

from collections.abc import Mapping
from dataclasses import dataclass

PLAYED = """
(() => {
  const given = JSON.parse(sessionStorage.getItem('fault') ?? 'null');
  if (!given) return;
  const {agent, states, refusals, isBare, isSilent} = given;
  if (agent) Object.defineProperty(navigator, 'userAgent', {value: agent});
  const media = navigator.mediaDevices;
  const release = () => undefined;
  const played = window.played = {at: 0, asked: [], opened: [], refusals, states, volume: null, release};
  const asked = {};
  for (const name of ['microphone', 'camera']) {
    asked[name] = new EventTarget();
    Object.defineProperty(asked[name], 'state', {get: () => states[name]});
  }
  navigator.permissions.query = async ({name}) => asked[name];
  if (isBare) return Object.defineProperty(navigator, 'mediaDevices', {value: undefined});
  const list = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () =>
    (await list()).filter(({kind}) => {
      const name = kind === 'audioinput' ? 'microphone' : 'camera';
      return states[name] === 'granted' && refusals[name]?.name !== 'NotFoundError';
    });
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = async (wanted) => {
    played.asked.push(Object.keys(wanted).join());
    for (const [kind, name] of [['audio', 'microphone'], ['video', 'camera']]) {
      const refusal = wanted[kind] && refusals[name];
      if (!refusal) continue;
      if (refusal.after) await new Promise((resolve) => setTimeout(resolve, refusal.after));
      played.at ||= Date.now();
      if (refusal.name) throw new DOMException(refusal.message, refusal.name);
      await new Promise((resolve) => (played.release = resolve));
    }
    if (wanted.audio) states.microphone = 'granted';
    if (wanted.video) states.camera = 'granted';
    const stream = await open(wanted);
    if (isSilent && wanted.audio) {
      const context = new AudioContext();
      const made = context.createMediaStreamDestination();
      played.volume = context.createGain();
      played.volume.gain.value = 0;
      const tone = context.createOscillator();
      tone.connect(played.volume).connect(made);
      tone.start();
      for (const track of stream.getAudioTracks()) { track.stop(); stream.removeTrack(track); }
      stream.addTrack(made.stream.getAudioTracks()[0]);
      played.at ||= Date.now();
    }
    played.opened.push(...stream.getTracks());
    return stream;
  };
  played.mend = (name, state) => {
    delete refusals[name];
    if (states[name] === state) return;
    states[name] = state;
    asked[name].dispatchEvent(new Event('change'));
  };
})();
"""
"""Plays what `sessionStorage.fault` says at each load; `played` lets a test mend it."""

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
IN_APP = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
DENIED = {"name": "NotAllowedError", "message": "Permission denied"}
BY_SYSTEM = {"name": "NotAllowedError", "message": "Permission denied by system"}
DISMISSED = {"name": "NotAllowedError", "message": "Permission dismissed", "after": 400}
IN_USE = {"name": "NotReadableError", "message": "Could not start the source"}
MISSING = {"name": "NotFoundError", "message": "Requested device not found"}
CHANGED = "navigator.mediaDevices.dispatchEvent(new Event('devicechange'))"
ALLOWED = {"microphone": "granted", "camera": "granted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFault:
    """`mend` is what happens outside our page, `presses` what the person then presses in it."""

    what: str
    failure: str
    told: str
    picture: str
    refusals: Mapping[str, Mapping[str, object]]
    states: Mapping[str, str]
    mend: str = ""
    presses: str = ""
    agent: str = ""
    begins: str = ""
    is_bare: bool = False
    is_silent: bool = False

    @property
    def device(self) -> str:
        return self.failure.partition("_")[0]

    def script(self) -> dict[str, object]:
        """Return what the page plays, as JSON values."""
        return {
            "agent": self.agent,
            "states": self.states,
            "refusals": self.refusals,
            "isBare": self.is_bare,
            "isSilent": self.is_silent,
        }


FAULTS = (
    DeviceFault(
        what="the browser blocks the microphone",
        failure="microphone_blocked",
        told="Selain estää mikrofonin",
        picture="bar-left",
        refusals={"microphone": DENIED},
        states={"microphone": "denied", "camera": "granted"},
        mend="played.mend('microphone', 'granted')",
    ),
    DeviceFault(
        what="the system blocks the microphone",
        failure="microphone_blocked_by_system",
        told="Laitteen asetukset estävät mikrofonin",
        picture="settings",
        refusals={"microphone": BY_SYSTEM},
        states=ALLOWED,
        mend="played.mend('microphone', 'granted'); dispatchEvent(new Event('focus'))",
    ),
    DeviceFault(
        what="the question about the microphone is closed",
        failure="microphone_dismissed",
        told="Mikrofonia koskeva kysymys suljettiin",
        picture="question",
        refusals={"microphone": DISMISSED},
        states={"microphone": "prompt", "camera": "granted"},
        mend="delete played.refusals.microphone",
        presses="#devices-again",
    ),
    DeviceFault(
        what="the question about the microphone stays open",
        failure="microphone_unanswered",
        told="Selain kysyy mikrofonista",
        picture="question",
        refusals={"microphone": {}},
        states={"microphone": "prompt", "camera": "granted"},
        mend="delete played.refusals.microphone; played.release()",
    ),
    DeviceFault(
        what="another program has the microphone",
        failure="microphone_in_use",
        told="Toinen ohjelma käyttää mikrofonia",
        picture="taken",
        refusals={"microphone": IN_USE},
        states=ALLOWED,
        mend="played.mend('microphone', 'granted')",
    ),
    DeviceFault(
        what="there is no microphone",
        failure="microphone_missing",
        told="Mikrofonia ei löytynyt",
        picture="plug",
        refusals={"microphone": MISSING},
        states=ALLOWED,
        mend="played.mend('microphone', 'granted');" + CHANGED,
    ),
    DeviceFault(
        what="the microphone is silent",
        failure="microphone_silent",
        told="Mikrofonista ei tule ääntä",
        picture="silent",
        refusals={},
        states=ALLOWED,
        is_silent=True,
        mend="played.volume.gain.value = 0.5",
    ),
    DeviceFault(
        what="an iPhone refuses the camera, and says it would ask",
        failure="camera_blocked",
        told="Selain estää kameran",
        picture="bar-bottom",
        refusals={"camera": DENIED},
        states={"microphone": "granted", "camera": "prompt"},
        agent=IPHONE,
        mend="delete played.refusals.camera",
        presses="#devices-again",
    ),
    DeviceFault(
        what="another program has the camera",
        failure="camera_in_use",
        told="Toinen ohjelma käyttää kameraa",
        picture="taken",
        refusals={"camera": IN_USE},
        states=ALLOWED,
        mend="played.mend('camera', 'granted')",
    ),
    DeviceFault(
        what="the system blocks the camera",
        failure="camera_blocked_by_system",
        told="Laitteen asetukset estävät kameran",
        picture="settings",
        refusals={"camera": BY_SYSTEM},
        states=ALLOWED,
        mend="played.mend('camera', 'granted'); dispatchEvent(new Event('focus'))",
    ),
    DeviceFault(
        what="the camera is pulled out while one waits",
        failure="camera_missing",
        told="Kameraa ei löytynyt",
        picture="plug",
        refusals={},
        states=ALLOWED,
        begins="played.refusals.camera = {name: 'NotFoundError', message: ''};"
        "for (const track of played.opened.filter(({kind}) => kind === 'video'))"
        "{ track.stop(); track.dispatchEvent(new Event('ended')); }",
        mend="played.mend('camera', 'granted');" + CHANGED,
    ),
    DeviceFault(
        what="a browser inside another app, without devices",
        failure="browser_in_app",
        told="Tämä sivu on auki toisen sovelluksen sisällä",
        picture="in-app",
        refusals={},
        states=ALLOWED,
        agent=IN_APP,
        is_bare=True,
    ),
)
