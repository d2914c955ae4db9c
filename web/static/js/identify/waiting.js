// @ts-check
// Waits for the other device: asks the server how it stands, counts the time down and goes on by itself.

/** @typedef {{csrf: string, poll: string, seconds: number, is_silent: boolean, words: Record<string, string>}} PageData */

/** @type {PageData} */
const page = JSON.parse(document.getElementById("page-data")?.textContent ?? "{}");
const EVERY = 2000; // the server asks the operator at the operator's pace, however often we come
const state = part("prompt-state");
let endsAt = Date.now() + page.seconds * 1000;
let before = page.seconds;
let isLeaving = false;

/** @param {string} id */
function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} name */
function say(name) {
  const text = page.words[name] ?? "";
  if (state.textContent !== text) state.textContent = text;
}

function tick() {
  const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
  part("prompt-left").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  for (const [moment, name] of /** @type {const} */ ([[60, "minute"], [0, "over"]])) {
    if (left <= moment && moment < before) say(name);
  }
  before = Math.min(before, left);
}

async function look() {
  try {
    const answer = await fetch(page.poll, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": page.csrf },
      body: "{}",
    });
    if (answer.ok) heard(await answer.json());
  } catch {
    say("away");
  }
  if (!isLeaving) setTimeout(look, EVERY);
}

/** @param {{goes_to: string | null, seconds: number, is_silent: boolean}} told */
function heard(told) {
  if (told.goes_to !== null) {
    isLeaving = true;
    say("done");
    location.assign(told.goes_to);
    return;
  }
  if (told.is_silent !== page.is_silent) {
    isLeaving = true;
    location.reload(); // the other ways stand there while the provider is silent, and no longer
    return;
  }
  if (state.textContent === page.words.away) say(page.is_silent ? "silent" : "waiting");
  endsAt = Date.now() + told.seconds * 1000;
}

part("prompt-confirmed").hidden = true;
part("prompt-without-clock").hidden = true;
part("prompt-clock").hidden = false;
say(page.is_silent ? "silent" : "waiting");
tick();
setInterval(tick, 500);
setTimeout(look, EVERY);
