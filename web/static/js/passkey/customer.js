// @ts-check
/** @file A customer comes back by a passkey, or enrols one; the button stands there where the browser can do it. */

import { created, got } from "./credential.js";

/** @typedef {{csrf: string, options: string, answer: string, enrols: boolean, words: {refused: string}}} PageData */

const part = document.getElementById("passkey");
const form = part?.querySelector("form");
const told = document.getElementById("passkey-told");

if (part && form && told && "PublicKeyCredential" in window) {
  /** @type {PageData} */
  const page = JSON.parse(part.dataset["page"] ?? "{}");
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
  const fingerprint = form.querySelector("input[name=fingerprint]");
  if (button) button.disabled = true;
  told.textContent = "";
  try {
    const wanted = fingerprint instanceof HTMLInputElement ? { fingerprint: fingerprint.value } : {};
    const { state, options } = await sent(page, page.options, wanted);
    const credential = page.enrols ? await created(options) : await got(options);
    const { onward } = await sent(page, page.answer, { state, credential: JSON.stringify(credential) });
    location.assign(onward);
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
  if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
