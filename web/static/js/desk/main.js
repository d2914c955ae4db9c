// @ts-check
// Wires the desk: live rows, a bell for arrivals, and the number of those who are here in the tab's title.

import { Bell } from "./bell.js";
import { Rows } from "./rows.js";
import { States } from "./states.js";

/** @typedef {import("./states.js").VisitState} VisitState */

const data = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
const title = document.title;
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const bellButton = /** @type {HTMLButtonElement} */ (document.getElementById("bell"));
const rows = new Rows(/** @type {HTMLElement} */ (document.getElementById("visits")));
const bell = new Bell();

/** @type {Map<string, string> | null} */
let before = null;

/** @param {VisitState[]} visits */
function show(visits) {
  void rows.show(visits);
  const here = visits.filter((visit) => visit.is_here);
  if (before && here.some((visit) => isNews(visit))) bell.ring();
  before = new Map(visits.map((visit) => [visit.id, visit.is_here ? visit.stage : ""]));
  document.title = here.length > 0 ? `(${here.length}) ${title}` : title;
}

/**
 * Ring when somebody comes to the door, and again when they are ready and wait.
 *
 * @param {VisitState} visit
 */
function isNews(visit) {
  const stage = before?.get(visit.id) ?? "";
  return stage === "" || (visit.stage === "waiting" && stage !== "waiting");
}

bellButton.addEventListener("click", () => {
  const isOn = bellButton.getAttribute("aria-pressed") !== "true";
  bellButton.setAttribute("aria-pressed", String(isOn));
  if (isOn) bell.switchOn();
  else bell.switchOff();
});

const states = new States(data.states, data.news, show, (isWell) => {
  live.hidden = !isWell;
});
bellButton.hidden = false;
states.connect();
addEventListener("pagehide", () => states.disconnect());
addEventListener("pageshow", (event) => {
  if (event.persisted) states.connect();
});
