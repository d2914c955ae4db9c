// @ts-check
// The waiting room says that the adviser is late, as soon as somebody said so.

const EVERY_MS = 10_000;

const words = document.getElementById("delay");
const meeting = document.getElementById("meeting");

async function look() {
  if (!words || meeting?.dataset.view === "table" || meeting?.dataset.view === "over") {
    if (words) words.hidden = true;
    return;
  }
  try {
    const answer = await fetch(words.dataset.address ?? "", { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) return;
    const { text } = await answer.json();
    if (words.textContent !== text) words.textContent = text;
    words.hidden = text === "";
  } catch {
    // The next look comes soon, and what is shown stays.
  }
}

if (words) setInterval(() => void look(), EVERY_MS);

export {};
