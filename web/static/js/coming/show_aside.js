// @ts-check
/** @file Shows what an adviser says on a page without a line to the meeting. */

/**
 * @param {HTMLElement} said
 * @param {HTMLElement} advice
 * @param {import("./aside.js").ToldAside} told
 */
export function showAside(said, advice, told) {
  put(said, "sentence", told.sentence);
  put(said, "at", told.at);
  put(advice, "text", told.text);
  put(advice, "help", told.help);
  const picture = advice.querySelector(".help-picture");
  picture?.toggleAttribute("hidden", !told.picture);
  if (told.picture) picture?.querySelector("use")?.setAttribute("href", `${picture.getAttribute("data-pictures")}#${told.picture}`);
  delete advice.dataset["failure"]; // what the line says later is put there anew
  said.hidden = !told.sentence;
  advice.hidden = !told.text;
}

/**
 * A live region speaks when its words change; the same words again must not make it speak.
 * @param {HTMLElement} root
 * @param {string} part
 * @param {string} text
 */
function put(root, part, text) {
  const found = root.querySelector(`[data-part="${part}"]`);
  if (found && found.textContent !== text) found.textContent = text;
}
