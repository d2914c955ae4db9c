// @ts-check
/** @file By what names the words are found for what ends a meeting, and for one of the others who is gone. */

/**
 * What ends it, with the words for it, and whether coming in again is offered.
 * @type {Record<string, [words: string, again: boolean]>}
 */
export const ENDS = {
  ended: ["over", false],
  left: ["left", true],
  replaced: ["replaced", true],
  full: ["full", true],
  version: ["outdated", true],
  too_many_errors: ["outdated", true],
  signed_out: ["signed_out", true],
  no_entry: ["no_entry", true],
  refused: ["refused", true],
  wrong_person: ["wrong_person", true],
};

/** @type {Record<import("./types.js").GoneReason, string>} */
export const PARTED = { left: "peer_left", lost: "peer_lost", refused: "peer_left", sent_back: "peer_sent_back" };
