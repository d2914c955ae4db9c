// @ts-check
/** @file Turns the browser's statistics (W3C webrtc-stats) into the figures that the server judges. */

/** @typedef {import("./types.js").Measures} Measures */
/** @typedef {Record<string, any>} Entry one statistics dictionary; which fields it has is the browser's affair */

/**
 * One look at the counters.
 * @typedef {object} Sample
 * @property {number} atMs
 * @property {Record<string, Entry>} entries by `type kind`, as in `inbound-rtp audio`
 * @property {Entry | null} pair the candidate pair in use
 * @property {boolean} usesRelay
 */

/**
 * @param {RTCStatsReport} report
 * @param {number} atMs
 * @returns {Sample}
 */
export function sample(report, atMs) {
  /** @type {Record<string, Entry>} */
  const entries = {};
  /** @type {Entry | null} */
  let pair = null;
  report.forEach((/** @type {Entry} */ entry) => {
    if (entry["type"].endsWith("-rtp")) entries[`${entry["type"]} ${entry["kind"]}`] = entry;
    if (entry["type"] === "candidate-pair" && entry["nominated"] && entry["state"] === "succeeded") pair = entry;
  });
  const local = pair === null ? null : report.get(pair["localCandidateId"]);
  return { atMs, entries, pair, usesRelay: local?.candidateType === "relay" };
}

/**
 * Measure between the first and the last sample.
 * @param {Sample[]} samples
 * @returns {Omit<Measures, "test_id" | "failure" | "microphone_silent">}
 */
export function measure(samples) {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return measure([EMPTY]);
  const seconds = (last.atMs - first.atMs) / 1000;
  /** @param {string} entry @param {string} field */
  const grown = (entry, field) => (last.entries[entry]?.[field] ?? 0) - (first.entries[entry]?.[field] ?? 0);
  const hasPicture = grown("inbound-rtp video", "framesDecoded") > 0;
  return {
    audio_returned: grown("inbound-rtp audio", "packetsReceived") > 0,
    video_returned: hasPicture,
    uses_relay: last.usesRelay,
    round_trip_ms: milliseconds(median(samples.map((each) => each.pair?.["currentRoundTripTime"]))),
    jitter_ms: milliseconds(median(samples.map((each) => each.entries["inbound-rtp audio"]?.["jitter"]))),
    audio_loss_sent: lossSent("audio", last),
    audio_loss_returned: lossReturned("audio", last),
    video_loss_sent: lossSent("video", last),
    video_loss_returned: lossReturned("video", last),
    frames_per_second: hasPicture && seconds > 0 ? grown("inbound-rtp video", "framesDecoded") / seconds : null,
  };
}

/** @type {Sample} */
const EMPTY = { atMs: 0, entries: {}, pair: null, usesRelay: false };

/**
 * The server's peer reports what it missed of what we sent (RFC 3550, 6.4).
 * @param {string} kind
 * @param {Sample} last
 */
function lossSent(kind, last) {
  const report = last.entries[`remote-inbound-rtp ${kind}`];
  const sent = last.entries[`outbound-rtp ${kind}`]?.["packetsSent"];
  return report && sent ? fraction(report["packetsLost"] ?? 0, sent) : null;
}

/**
 * @param {string} kind
 * @param {Sample} last
 */
function lossReturned(kind, last) {
  const inbound = last.entries[`inbound-rtp ${kind}`];
  if (!inbound) return null;
  const lost = Math.max(0, inbound["packetsLost"] ?? 0); // below zero when packets came twice
  return fraction(lost, lost + (inbound["packetsReceived"] ?? 0));
}

/**
 * @param {number} part
 * @param {number} whole
 */
function fraction(part, whole) {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null;
}

/** @param {(number | undefined)[]} values */
function median(values) {
  const known = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

/** @param {number | null} seconds */
function milliseconds(seconds) {
  return seconds === null ? null : seconds * 1000;
}
