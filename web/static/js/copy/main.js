// @ts-check
// Buttons that copy the text of a field; without this script the text is marked and copied by hand.

const LASTS = 2500;

/** @param {HTMLButtonElement} button */
function wire(button) {
  const field = document.getElementById(button.dataset.copies ?? "");
  if (!(field instanceof HTMLTextAreaElement) || !navigator.clipboard) return;
  const words = button.firstChild;
  const before = words?.textContent ?? "";
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    if (words) words.textContent = button.dataset.done ?? "";
    setTimeout(() => {
      if (words) words.textContent = before;
    }, LASTS);
  });
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  if (button instanceof HTMLButtonElement) wire(button);
}
