// @ts-check
/** @file How an identification stands: for this connection, for another, for none in particular. */

/** @typedef {import("./types.js").Proof} Proof */
/** @typedef {import("./types.js").Lost} Lost */
/** @typedef {import("./certificate_watch.js").Seen} Seen */
/** @typedef {"none" | "booking" | "unknown" | "checking" | "bound" | "lost"} Standing */

/**
 * @param {Proof | undefined} proof
 * @param {Seen | null} seen
 * @returns {Standing}
 */
export function standing(proof, seen) {
  if (!proof?.identified_at || proof.assurance === "none") return "none";
  if (proof.lost) return "lost";
  if (proof.purpose === "booking") return "booking";
  if (!proof.fingerprint) return "unknown";
  if (!seen?.isConnected) return "checking";
  return contradiction(proof, seen) ? "lost" : "bound";
}

/**
 * Return what a proof is worth for the one who is here now, as the server judges it.
 * @param {Proof | undefined} proof
 */
export function worth(proof) {
  return proof && !proof.lost && proof.purpose && proof.purpose !== "booking" ? proof.assurance : "none";
}

/**
 * Tell by what the media are seen to be another's; null as long as they are not.
 * @param {Proof | undefined} proof
 * @param {Seen} seen
 * @returns {Lost | null}
 */
export function contradiction(proof, { named, shown, isConnected }) {
  const bound = proof?.fingerprint;
  if (!bound) return null;
  if (named.some((each) => each !== bound) || (isConnected && named.length === 0)) return "description";
  return shown.some((each) => each !== bound) ? "certificate" : null;
}
