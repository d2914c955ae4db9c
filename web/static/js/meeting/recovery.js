// @ts-check
/**
 * @file When a broken connection is looked for anew (ICE restart): soon after it broke, at once where the machine's
 * network has changed, and ever more rarely as long as nothing helps. It knows no page and no socket.
 */

/** Who is polite lets the other side begin: two restarts at once cost a rollback. */
const PAUSES_MS = { impolite: 700, polite: 1_500 };
const AGAIN_MS = 4_000;
const LONGEST_MS = 30_000;
/**
 * So long a silence is no pause of the sound: packets come fifty times a second, and are looked for every second.
 * As long as they come nothing is begun anew, whatever the state says: on a way that is merely full it would cost the
 * browser all that it knows of the room there, and its trials for more would fill it up.
 */
const STILL_MS = 1_500;
const LOOK_MS = 1_600;

export class Recovery {
  #connection;
  #stillFor;
  #restart;
  #isPolite = false;
  #tries = 0;
  #lastAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #listening = new AbortController();

  /**
   * @param {RTCPeerConnection} connection
   * @param {() => number} stillFor for how many milliseconds nothing has come in
   * @param {() => void} restart
   */
  constructor(connection, stillFor, restart) {
    this.#connection = connection;
    this.#stillFor = stillFor;
    this.#restart = restart;
  }

  /** @param {boolean} isPolite */
  connect(isPolite) {
    this.#isPolite = isPolite;
    const { signal } = this.#listening;
    const hint = () => setTimeout(() => !signal.aborted && this.#stillFor() > STILL_MS && this.now(), LOOK_MS);
    addEventListener("online", hint, { signal });
    const network = /** @type {{connection?: EventTarget}} */ (navigator).connection;
    network?.addEventListener("change", hint, { signal });
  }

  disconnect() {
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  /** The connection is in another state: broken, mended, or neither. */
  changed() {
    const state = this.#connection.connectionState;
    if (state === "connected") this.#mended();
    else if (state === "disconnected" || state === "failed") this.#in(this.#isPolite ? PAUSES_MS.polite : PAUSES_MS.impolite);
  }

  /** Begin at once, whatever was waited for: there is a reason to think that it helps now. */
  now() {
    clearTimeout(this.#timer);
    this.#try();
  }

  #mended() {
    clearTimeout(this.#timer);
    this.#tries = 0;
  }

  /** @param {number} pause */
  #in(pause) {
    clearTimeout(this.#timer);
    const sinceLast = performance.now() - this.#lastAt;
    this.#timer = setTimeout(() => this.#look(), Math.max(pause, this.#again() - sinceLast));
  }

  #try() {
    this.#lastAt = performance.now();
    this.#tries += 1;
    this.#restart();
    this.#timer = setTimeout(() => this.#look(), this.#again());
  }

  #look() {
    const state = this.#connection.connectionState;
    if (state === "connected") return;
    if (state === "failed" || this.#stillFor() > STILL_MS) this.#try();
    else this.#timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  #again() {
    return Math.min(AGAIN_MS * 2 ** Math.max(0, this.#tries - 1), LONGEST_MS);
  }
}
