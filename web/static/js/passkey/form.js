// @ts-check
/** @file The form of a passkey: shown where a browser can do it; says when nothing came of it, and tries again. */

/** @typedef {{csrf: string, options: string, answer: string, words: {refused: string}}} PageData */

/**
 * @template {PageData} T
 * @param {(page: T, form: HTMLFormElement) => Promise<void>} walk from the button to the next page
 */
export function passkeyForm(walk) {
  const part = document.getElementById("passkey");
  const form = part?.querySelector("form");
  const told = document.getElementById("passkey-told");
  if (!part || !form || !told || !("PublicKeyCredential" in window)) return;
  /** @type {T} */
  const page = JSON.parse(part.dataset["page"] ?? "{}");
  part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    told.textContent = "";
    try {
      await walk(page, form);
    } catch {
      told.textContent = page.words.refused;
      if (button) button.disabled = false;
    }
  });
}

/**
 * Ask the server; where it leads elsewhere, such as to the sign-in, the page goes there.
 * @param {PageData} page
 * @param {string} address
 * @param {object} body
 */
export async function sent(page, address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": page.csrf },
    body: JSON.stringify(body),
  });
  if (answer.redirected) location.assign(answer.url);
  if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function typed(form, name) {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : undefined;
}
