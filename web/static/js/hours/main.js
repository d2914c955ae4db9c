// @ts-check
// Makes the form of a week handier: a button adds a stretch, another removes one, and the drawing follows.

import { WeekDay } from "./week_day.js";

const texts = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");

for (const fieldset of document.querySelectorAll("fieldset[data-weekday]")) {
  const weekday = /** @type {HTMLElement} */ (fieldset).dataset["weekday"];
  const line = document.querySelector(`[data-line="${weekday}"] svg`);
  if (line) new WeekDay(/** @type {HTMLElement} */ (fieldset), /** @type {SVGElement} */ (line), texts).connect();
}
