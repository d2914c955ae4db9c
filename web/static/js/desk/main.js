// @ts-check
// Wires the desk: live rows, a bell for arrivals, and the number of those who are here in the tab's title.

import { rememberLetIn } from "../coming/let_in.js";
import { Bell } from "./bell.js";
import "./device_check.js";
import { Rows } from "./rows.js";
import { States } from "./states.js";
import { showTaking } from "./taking.js";
import { WaitingList } from "./waiting.js";

/** @typedef {import("./states.js").DeskState} DeskState */
/** @typedef {import("./states.js").VisitState} VisitState */

const data = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
const title = document.title;
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const bellButton = /** @type {HTMLButtonElement} */ (document.getElementById("bell"));
const rows = new Rows(/** @type {HTMLElement} */ (document.getElementById("visits")), data.shown);
const announcer = /** @type {HTMLElement} */ (document.getElementById("announcer"));
const bell = new Bell((id) => (isCall(id) ? data.called : data.arrived));
const waitingList = new WaitingList(data.waiting);

/** @type {Set<string> | null} who was at the door or further at the last look: each rings there, and again when they wait */
let before = null;

/** @param {DeskState} state */
function show({ visits, waiting, tasks, takes }) {
  showTaking(takes);
  void rows.show(visits, tasks);
  const here = new Set(visits.filter((visit) => visit.is_here).map((visit) => visit.id));
  const atTheDoor = before ? [...here].filter((id) => !before?.has(id)) : [];
  const arrived = [...atTheDoor, ...waitingList.show(waiting)];
  bell.ring(arrived);
  announce(visits.filter(({ id }) => arrived.includes(id)), new Set(arrived.filter((id) => !isCall(id))).size, arrived.some(isCall));
  before = here;
  const all = new Set([...here, ...waiting.map(({ id }) => id)]);
  document.title = all.size > 0 ? `(${all.size}) ${title}` : title;
}

/** @param {string} id */
function isCall(id) {
  return id.startsWith("call ");
}

/**
 * For whoever does not see the rows: who has come, in one sentence; of a colleague's customer, that somebody has.
 * @param {VisitState[]} visits
 * @param {number} count
 * @param {boolean} isCalled a colleague asks for the reader
 */
function announce(visits, count, isCalled) {
  if (isCalled) announcer.textContent = data.called;
  if (count === 0) return;
  const said = visits.map(({ id, text }) => `${document.querySelector(`#visit-${CSS.escape(id)} .visit__who`)?.textContent}: ${text}`);
  announcer.textContent = (said.length === count ? said : [data.arrived, ...said]).join(". ");
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
rememberLetIn(document.body);
states.connect();
addEventListener("pagehide", () => states.disconnect());
addEventListener("pageshow", (event) => {
  if (event.persisted) states.connect();
});
