// @ts-check
/** @file Signs in by a passkey, or enrols one: wires the form that the page shows once a browser can do it. */

import { created, got } from "./credential.js";

/** @typedef {{csrf: string, options: string, answer: string, next: string, words: {refused: string}}} PageData */

const data = document.getElementById("page-data");
const part = document.getElementById("passkey");
const form = part?.querySelector("form");
const told = document.getElementById("passkey-told");

if (data && part && form && told && "PublicKeyCredential" in window) {
  /** @type {PageData} */
  const page = JSON.parse(data.textContent ?? "");
  part.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void go(page, form, told);
  });
}

/**
 * @param {PageData} page
 * @param {HTMLFormElement} form
 * @param {HTMLElement} told
 */
async function go(page, form, told) {
  const button = form.querySelector("button");
  const name = form.querySelector("input[name=name]");
  if (button) button.disabled = true;
  told.textContent = "";
  try {
    const options = await sent(page, page.options, {});
    const isNew = name instanceof HTMLInputElement;
    const credential = isNew ? await created(options) : await got(options);
    const more = isNew ? { name: name.value } : { next: page.next };
    const { onward } = await sent(page, page.answer, { credential: JSON.stringify(credential), ...more });
    location.assign(onward);
    if (onward.includes("#")) location.reload();
  } catch {
    told.textContent = page.words.refused;
    if (button) button.disabled = false;
  }
}

/**
 * @param {PageData} page
 * @param {string} address
 * @param {object} body
 */
async function sent(page, address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": page.csrf },
    body: JSON.stringify(body),
  });
  if (answer.redirected) location.assign(answer.url);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
