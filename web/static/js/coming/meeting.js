// @ts-check
// The panel beside an adviser's meeting: asks anew whenever the desk has news, and now and then without.

import { News } from "../desk/news.js";
import { refresh, tellFrom } from "./panel.js";

const EVERY_MS = 5_000;

const root = /** @type {HTMLElement} */ (document.getElementById("coming"));
const news = new News("/ws/desk?team=1", () => void look(), () => undefined); // the meeting itself says that one is signed out

async function look() {
  if (!(await refresh(root))) clearInterval(looking);
  root.hidden = root.childElementCount === 0;
}

tellFrom(root);
news.connect();
const looking = setInterval(() => void look(), EVERY_MS);
addEventListener("pagehide", () => news.disconnect());
addEventListener("pageshow", (event) => {
  if (event.persisted) news.connect();
});
