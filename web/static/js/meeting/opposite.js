// @ts-check
/**
 * @file One other person at the table, and the connection to them. It is made ahead, before anybody is there, with the
 * devices already on it; `meet` says who it is. It knows no page and no socket.
 */

import { Peer } from "./peer.js";
import { contradiction, standing } from "./standing.js";

/** @typedef {import("./types.js").FromBrowser} FromBrowser */
/** @typedef {import("./types.js").PeerCame} PeerCame */
/** @typedef {import("./types.js").IceServer} IceServer */
/** @typedef {import("./media_watch.js").MediaState} MediaState */
/** @typedef {import("./certificate_watch.js").Seen} Seen */

/**
 * @typedef {object} OppositeEvents
 * @property {(message: FromBrowser) => void} say
 * @property {(stream: MediaStream) => void} remote another track has come
 * @property {() => void} changed something that the page shows is different
 * @property {(state: MediaState) => void} state of the media, at every change
 */

export class Opposite {
  /** @type {PeerCame | null} nobody yet */
  came = null;
  /** @type {MediaState} */
  media = "connecting";
  /** @type {import("./link.js").Carried | null} what gets through to and from them */
  carried = null;
  /** @type {MediaStream | null} */
  stream = null;
  /** @type {MediaStream | null} what comes of a screen; whether they show one, the server says */
  screen = null;
  /** Their line is gone, and nobody knows yet for how long. */
  isAway = false;
  #on;
  #peer;
  /** @type {Seen | null} the certificates of the media that come in */
  #seen = null;
  #wantsIce = false;
  #isHushed = false;
  /** @type {MediaStreamTrack[]} what is sent while hushed */
  #silent = [];
  /** @type {MediaStreamTrack | null} our own screen */
  #shared = null;

  /**
   * @param {MediaStream} local
   * @param {RTCCertificate | null} certificate with which this side speaks
   * @param {OppositeEvents} on
   * @param {import("./peer.js").Way} [way]
   */
  constructor(local, certificate, on, way = "both") {
    this.#on = on;
    /** @type {import("./peer.js").PeerEvents} */
    const heard = {
      description: (description) => this.#say((to) => ({ type: "description", to, description })),
      candidate: (candidate) => this.#say((to) => ({ type: "candidate", to, candidate })),
      remote: (stream) => {
        this.stream = stream;
        on.remote(stream);
      },
      screen: (track) => {
        this.screen = new MediaStream([track]);
        on.changed();
      },
      state: (state) => this.#becomes(state),
      carried: (carried) => {
        this.carried = carried;
        on.changed();
      },
      certificates: (seen) => this.#look(seen),
      code: on.changed,
      needsIce: () => this.#askIce(),
    };
    this.#peer = new Peer(local, certificate, heard, way);
  }

  /** How their identification stands for the media that come in. */
  get standing() {
    return standing(this.came?.participant.proof, this.#seen);
  }

  /** Whether the way to them stands, on which media follow. */
  get isLinked() {
    return this.#seen?.isConnected ?? false;
  }

  /** What both sides read to each other. */
  get code() {
    return this.#peer.code;
  }

  /** For how long no media of theirs have come, in milliseconds. */
  get stillFor() {
    return this.#peer.stillFor;
  }

  /**
   * Whether somebody who comes is the one who is here, on the same page.
   * @param {PeerCame} came
   */
  is(came) {
    return this.came?.participant.id === came.participant.id && this.came.visit === came.visit;
  }

  /**
   * Begin to talk with the one who has come.
   * @param {PeerCame} came
   * @param {{relayOnly: boolean, awaitsDevices: boolean}} how
   */
  meet(came, { relayOnly, awaitsDevices }) {
    this.came = came;
    this.#peer.start({ polite: came.polite, servers: came.ice_servers, relayOnly, awaitsDevices });
  }

  /**
   * Go on with the media as they are: a line was away.
   * @param {PeerCame} came
   */
  resume(came) {
    this.isAway = false;
    this.came = came;
    this.#peer.resume();
  }

  /** @param {import("./types.js").Description} description */
  hear(description) {
    void this.#peer.hear(description);
  }

  /** @param {import("./types.js").Candidate} candidate */
  hearCandidate(candidate) {
    void this.#peer.hearCandidate(candidate);
  }

  /**
   * Take fresh servers, if they were asked for here.
   * @param {IceServer[]} servers
   */
  hearIce(servers) {
    if (this.#wantsIce) this.#peer.restart(servers);
    this.#wantsIce = false;
  }

  /** @param {import("./devices.js").Devices} devices */
  replace({ audio, video, stream }) {
    void this.#peer.replace("audio", this.#hushed(audio), stream);
    void this.#peer.replace("video", this.#hushed(video), stream);
  }

  /** @param {number} others among how many this side's line is divided */
  divide(others) {
    this.#peer.divide(others);
  }

  /**
   * Send another picture in the place of the one before.
   * @param {MediaStreamTrack | null} video
   * @param {MediaStream} stream
   */
  turn(video, stream) {
    void this.#peer.replace("video", video, stream);
  }

  /**
   * Send silence and black to this one alone, or what the devices give again.
   * @param {boolean} isHushed
   * @param {import("./devices.js").Devices} devices
   */
  hush(isHushed, { audio, video }) {
    if (this.#isHushed === isHushed) return;
    this.#isHushed = isHushed;
    this.#peer.share(isHushed ? null : this.#shared);
    this.#silent.forEach((track) => track.stop());
    this.#silent = [];
    for (const track of [audio, video]) {
      const sent = this.#hushed(track);
      if (sent) void this.#peer.swap(sent);
    }
  }

  /**
   * Show them our screen, or none. While hushed they see none.
   * @param {MediaStreamTrack | null} screen
   */
  share(screen) {
    this.#shared = screen;
    this.#peer.share(this.#isHushed ? null : screen);
  }

  /**
   * A copy that is switched off: nothing of the microphone or the camera is in it, and it stays off when these are turned on.
   * @param {MediaStreamTrack | null} track
   */
  #hushed(track) {
    if (!track || !this.#isHushed) return track;
    const silent = track.clone();
    silent.enabled = false;
    this.#silent.push(silent);
    return silent;
  }

  disconnect() {
    this.#silent.forEach((track) => track.stop());
    this.#peer.disconnect();
  }

  /** @param {MediaState} state */
  #becomes(state) {
    this.media = state;
    if (state === "lost" || state === "not_connected") this.#askIce();
    this.#on.state(state);
  }

  #askIce() {
    this.#wantsIce = true;
    this.#on.say({ type: "ice" });
  }

  /** @param {(to: string) => FromBrowser} make */
  #say(make) {
    if (this.came) this.#on.say(make(this.came.participant.id));
  }

  /**
   * The media of another's certificate take the proof away here and now; the server is told why.
   * @param {Seen} seen
   */
  #look(seen) {
    const [before, wasLinked] = [this.standing, this.isLinked];
    this.#seen = seen;
    const participant = this.came?.participant;
    const reason = contradiction(participant?.proof, seen);
    if (participant?.proof && reason && !participant.proof.lost) {
      participant.proof = { ...participant.proof, lost: reason };
      this.#on.say({ type: "unbound", participant: participant.id, reason });
    }
    if (this.standing !== before || this.isLinked !== wasLinked) this.#on.changed();
  }
}
