// @ts-check
/** @file Asks again beside a try that hangs: what a network has swallowed is said to nobody when the network is back. */

/**
 * The first answer of several tries, of which the later ones begin while nothing has come of those before. The very
 * first is waited for to the end, for a network that is merely slow; of the others the oldest makes room for the next.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} attempt
 * @param {{everyMs: number, withinMs: number, atOnce: number}} how
 * @returns {Promise<T>} refused when a try fails, or the time for all of them is over
 */
export async function firstOf(attempt, { everyMs, withinMs, atOnce }) {
  /** @type {AbortController[]} */
  const running = [];
  const end = () => running.forEach((each) => each.abort());
  const late = setTimeout(end, withinMs);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let beginning;
  try {
    return await new Promise((resolve, reject) => {
      const begin = () => {
        if (running.length === atOnce) running.splice(1, 1)[0]?.abort();
        const own = new AbortController();
        running.push(own);
        attempt(own.signal).then(resolve, (error) => running.includes(own) && reject(error));
      };
      beginning = setInterval(begin, everyMs);
      begin();
    });
  } finally {
    clearTimeout(late);
    clearInterval(beginning);
    end();
  }
}
