// @ts-check
// Saves the team's note as it is typed, one save after the other, and says how it stands.

const PAUSE_MS = 700;
const AGAIN_MS = 5000;

const form = document.querySelector("form[data-note]");
if (form instanceof HTMLFormElement) begin(form);

/** @param {HTMLFormElement} form */
function begin(form) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const revision = /** @type {HTMLInputElement} */ (form.elements.namedItem("revision"));
  const state = /** @type {HTMLElement} */ (form.querySelector('[data-part="state"]'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let saved = text.value;
  let isSaving = false;
  let isStopped = false;

  const say = (/** @type {"saving" | "saved" | "lost" | "changed"} */ name) => {
    const words = form.dataset[name] ?? "";
    if (state.textContent !== words) state.textContent = words;
  };
  const later = (/** @type {number} */ pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pause);
  };

  async function save() {
    if (isSaving || isStopped || text.value === saved) return;
    isSaving = true;
    const typed = text.value;
    say("saving");
    const status = await send();
    isSaving = false;
    if (status === 200) {
      saved = typed;
      say("saved");
      if (text.value !== typed) later(PAUSE_MS);
    } else if (status === 409) {
      isStopped = true;
      say("changed");
    } else {
      say("lost");
      later(AGAIN_MS);
    }
  }

  async function send() {
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) body.append(name, String(value));
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive: true,
      });
      if (answer.ok) revision.value = String((await answer.json()).revision);
      return answer.status;
    } catch {
      return 0;
    }
  }

  text.addEventListener("input", () => later(PAUSE_MS));
  text.addEventListener("blur", () => void save());
  addEventListener("pagehide", () => void save());
  form.querySelector(".actions")?.remove(); // it saves by itself
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
}
