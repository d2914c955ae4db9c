// @ts-check
// The waiting room says that the adviser is late, as soon as somebody said so.

const EVERY_MS = 10_000;

const notice = document.getElementById("delay");
const meeting = document.getElementById("meeting");

async function look() {
  if (!notice || meeting?.dataset.view === "table" || meeting?.dataset.view === "over") {
    if (notice) notice.hidden = true;
    return;
  }
  try {
    const answer = await fetch(notice.dataset.address ?? "", { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) return;
    const { text } = await answer.json();
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = text === "";
  } catch {
    // The next look comes soon, and what is shown stays.
  }
}

setInterval(() => void look(), EVERY_MS);
