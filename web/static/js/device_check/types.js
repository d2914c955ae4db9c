// @ts-check
/** @file What the files of the adviser's own check share. */

/** @typedef {"waiting" | "running" | "good" | "bad"} State */
/** @typedef {"microphone" | "camera" | "sound" | "line"} CheckName */
/** @typedef {{state: State, text: string}} Shown how a check stands, and the word of the page for it */
/** @typedef {import("../meeting/types.js").PageData & import("../precall/types.js").PageData} PageData */

export {};
