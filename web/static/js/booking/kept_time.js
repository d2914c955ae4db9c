// @ts-check

/** @typedef {{csrf: string, hold: string, seconds: number, words: Record<string, string>}} PageData */

const AGAIN = 8000; // a beacon of the page before may come in after the first word of this one

/** The kept time on the server: it is told when the page goes and when it is there again. */
export class KeptTime {
  #page;

  /** @param {PageData} page */
  constructor(page) {
    this.#page = page;
  }

  leave() {
    navigator.sendBeacon(`${this.#page.hold}/leave`, this.#form());
  }

  /**
   * Say that the page is open.
   *
   * @returns {Promise<number | null>} the seconds that are left, 0 when it is over; null when nobody answers
   */
  async stay() {
    try {
      const answer = await fetch(`${this.#page.hold}/stay`, {
        method: "POST",
        body: this.#form(),
        headers: { Accept: "application/json" },
      });
      if (answer.ok) return (await answer.json()).seconds;
      return answer.status === 409 ? 0 : null;
    } catch {
      return null; // the network is away, and the countdown goes on
    }
  }

  /** @param {(seconds: number | null) => void} heard */
  stayForGood(heard) {
    void this.stay().then(heard);
    setTimeout(() => void this.stay().then(heard), AGAIN);
  }

  #form() {
    return new URLSearchParams({ csrf: this.#page.csrf });
  }
}
