// @ts-check
/** @file The shapes that the practice's files share with each other and with web/pages/practice.py. */

/** @typedef {"greeting" | "page" | "mute" | "unmute" | "measure"} Step */
/** @typedef {"idle" | "waiting" | "asking" | "walking" | "done" | "failed"} State */
/** @typedef {"yes" | "no" | "skip" | "over"} Press `over`: the time of the whole practice was up first */
/** @typedef {import("../precall/types.js").Measures} Measures */

/**
 * What the person said; null is what they skipped.
 * @typedef {object} Answers
 * @property {boolean | null} greeting
 * @property {boolean | null} page
 */

/** @typedef {{ticket: string, is_free: boolean, words: string}} Place */

/**
 * @typedef {import("../precall/types.js").PageData & {place_url: string, listen_url: string}} PageData
 */

export {};
