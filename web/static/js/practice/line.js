// @ts-check
/** @file Waits for one's turn, and keeps it while the browser asks for the devices. */

const ASK_MS = 4000;
const KEPT_MS = 45000; // a question that nobody answers must not hold a place for ever

const TRIES = 6; // the media's end may be starting, or starting again: seconds, not minutes

/** @typedef {import("./server.js").PracticeServer} PracticeServer */

/**
 * Resolve when it is one's turn.
 * @param {PracticeServer} server
 * @param {(words: string) => void} onWait
 */
export async function ownTurn(server, onWait) {
  for (let failed = 0; failed < TRIES; ) {
    const place = await server.place().catch((error) => {
      failed += 1;
      if (failed === TRIES) throw error;
      return null;
    });
    if (place?.is_free) return;
    if (place) onWait(place.words);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
}

/**
 * Do something that may take a while, with the place kept.
 * @template T
 * @param {PracticeServer} server
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function meanwhileKept(server, work) {
  const until = performance.now() + KEPT_MS;
  const timer = setInterval(() => {
    if (performance.now() > until) clearInterval(timer);
    else server.place().catch(() => clearInterval(timer));
  }, ASK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
