// @ts-check
/** @file When this browser's check last went well: a moment and nothing else, kept in this browser alone. */

const KEY = "device-check";

/** @param {Date} at */
export function keep(at) {
  try {
    localStorage.setItem(KEY, at.toISOString());
  } catch {
    // a browser that keeps nothing suggests the check again
  }
}

/** @returns {Date | null} */
export function kept() {
  try {
    const at = new Date(localStorage.getItem(KEY) ?? "");
    return Number.isNaN(at.getTime()) ? null : at;
  } catch {
    return null;
  }
}
