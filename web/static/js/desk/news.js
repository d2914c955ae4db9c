// @ts-check

const SOON_MS = 1000;
const LATER_MS = 15_000;
const SIGNED_OUT = 4006;

/** Hears from the server that something changed; comes back by itself, and speaks by callback. */
export class News {
  #address;
  #onNews;
  #onSignedOut;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #wait = SOON_MS;

  /**
   * @param {string} address
   * @param {() => void} onNews
   * @param {() => void} [onSignedOut] loading the page again leads to the sign-in
   */
  constructor(address, onNews, onSignedOut = () => location.reload()) {
    this.#address = address;
    this.#onNews = onNews;
    this.#onSignedOut = onSignedOut;
  }

  connect() {
    const socket = new WebSocket(new URL(this.#address, location.href.replace(/^http/, "ws")));
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = SOON_MS;
      this.#onNews(); // what happened before it was open
    };
    socket.onmessage = () => this.#onNews();
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      if (event.code === SIGNED_OUT) return this.#onSignedOut();
      // Not all desks at one moment after a restart.
      this.#again = setTimeout(() => this.connect(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, LATER_MS);
    };
  }

  disconnect() {
    clearTimeout(this.#again);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
