// @ts-check
/** @file Says over HTTP how somebody comes in: where there is no line to the meeting yet, or where it does not open. */

/** @typedef {{sentence: string, at: string, text: string, help: string, picture: string}} ToldAside words in the reader's language */

/**
 * @param {string} address
 * @param {string} csrf
 * @param {string} place
 * @param {object} arrival
 * @returns {Promise<ToldAside | null>} what the adviser says; null when the server cannot be reached this way either
 */
export async function sayAside(address, csrf, place, arrival) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify({ place, arrival }),
      signal: AbortSignal.timeout(8_000),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the line to the meeting names what is wrong
  }
}
