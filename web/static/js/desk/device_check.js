// @ts-check
/** @file Says on the desk when this browser's check last went well, and suggests one before the day's first customer. */

import { kept } from "../device_check/kept.js";

const root = document.getElementById("device-check-line");
if (root) show(root, kept());

/**
 * @param {HTMLElement} root
 * @param {Date | null} at
 */
function show(root, at) {
  const { today = "", earlier = "", never = "", language = "fi", zone = "UTC", day = "" } = root.dataset;
  const last = root.querySelector('[data-part="last"]');
  const first = document.getElementById("device-check-first");
  if (first) first.hidden = at !== null;
  root.hidden = first !== null && !first.hidden; // the suggestion leads there too
  if (!last) return;
  const isToday = at !== null && new Intl.DateTimeFormat("sv", { timeZone: zone }).format(at) === day;
  last.textContent = at === null ? never : isToday ? today.replace("%(time)s", told(at, language, { timeZone: zone, timeStyle: "short" })) : earlier.replace("%(date)s", told(at, language, { timeZone: zone, dateStyle: "medium" }));
}

/**
 * @param {Date} at
 * @param {string} language
 * @param {Intl.DateTimeFormatOptions} how
 */
function told(at, language, how) {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, how).format(at);
}
