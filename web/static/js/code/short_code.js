// @ts-check
/**
 * @file The six digits that both sides read to each other: made of both certificates, and of a number from each side.
 *
 * Whoever stands in the middle shows each side a certificate of their own, and could try out millions of them until the
 * digits agree. The numbers forbid it: one side is bound to its number before it knows the other's (`commitment`), so
 * nobody can choose anything once the digits can be known. What is left is one guess in a million a connection.
 */

/**
 * @typedef {object} End
 * @property {string} fingerprint SHA-256 of the certificate, 64 hex digits
 * @property {string} number 64 hex digits by chance
 */

const DIGITS = 6;

/**
 * @param {End} first who bound itself to its number: the impolite side
 * @param {End} second who told its number first: the polite side
 * @returns {Promise<string>} six digits
 */
export async function shortCode(first, second) {
  const digest = await sha256(["kohtaamo code 1", first.fingerprint, second.fingerprint, first.number, second.number].join("\n"));
  return String(digest.getBigUint64(0) % 10n ** BigInt(DIGITS)).padStart(DIGITS, "0");
}

/**
 * What is told ahead of a number, and gives nothing of it away.
 * @param {string} number
 */
export async function commitment(number) {
  return hex(new Uint8Array((await sha256(`kohtaamo number 1\n${number}`)).buffer));
}

/** A number that nobody can guess. */
export function chance() {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/** @param {string} text */
async function sha256(text) {
  return new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
