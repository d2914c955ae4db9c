// @ts-check
/** @file The shapes that the documents' files share with each other, with web/pages/documents.py and PROTOCOL.md. */

/**
 * A document as its list tells it; pages are pictures at `${address}/pages/${number}`.
 * @typedef {object} Paper
 * @property {string} id
 * @property {string} name
 * @property {number} pages
 * @property {"customer" | "adviser"} by
 * @property {boolean} is_mine
 * @property {boolean} is_shown
 * @property {Level} lock how surely the customer must be identified to see it
 * @property {"converting" | "ready"} state
 * @property {string} address
 */

/** @typedef {"none" | "low" | "substantial" | "high"} Level */

/**
 * What lies on the table, and which page of it both look at; no pages: it is locked to whoever looks.
 * @typedef {object} Shown
 * @property {string} document
 * @property {string} name
 * @property {number} pages
 * @property {number} page
 * @property {Level} [lock] how surely the customer must be identified to see it
 */

/** @typedef {{type: "document", document: string | null, lock?: Level} | {type: "page", document: string, page: number}} Said */

/**
 * A message of the meeting's socket; only the fields that matter here.
 * @typedef {object} Message
 * @property {string} type
 * @property {string} [from]
 * @property {string} [you]
 * @property {string} [id]
 * @property {string} [role]
 * @property {string | null} [document]
 * @property {string} [name]
 * @property {number} [pages]
 * @property {number} [page]
 * @property {Level} [lock]
 * @property {string} [error]
 * @property {Shown | null} [table]
 */

/** @typedef {{address: string, csrf: string}} Data */

export {};
