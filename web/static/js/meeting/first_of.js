// @ts-check
/** @file Asks again beside a try that hangs: what a network has swallowed is said to nobody when the network is back. */

/**
 * The first answer of several tries, of which the later ones begin while nothing has come of those before.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} attempt
 * @param {{everyMs: number, withinMs: number}} how
 * @returns {Promise<T>} refused when a try fails, or the time for all of them is over
 */
export async function firstOf(attempt, { everyMs, withinMs }) {
  const over = new AbortController();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let beginning;
  const late = setTimeout(() => over.abort(), withinMs);
  try {
    return await new Promise((resolve, reject) => {
      const begin = () => void attempt(over.signal).then(resolve, reject);
      beginning = setInterval(begin, everyMs);
      begin();
    });
  } finally {
    clearTimeout(late);
    clearInterval(beginning);
    over.abort();
  }
}
