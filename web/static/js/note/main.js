// @ts-check
// Saves a note or a summary as it is typed, one save after the other, and says how it stands.

const PAUSE_MS = 700;
const AGAIN_MS = 5000;

for (const form of document.querySelectorAll("form[data-note]")) if (form instanceof HTMLFormElement) begin(form);

/** @param {HTMLFormElement} form */
function begin(form) {
  const revision = /** @type {HTMLInputElement} */ (form.elements.namedItem("revision"));
  const state = /** @type {HTMLElement} */ (form.querySelector('[data-part="state"]'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let saved = written();
  let isSaving = false;
  let isStopped = false;

  function written() {
    return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "revision"));
  }
  const say = (/** @type {"saving" | "saved" | "lost" | "changed"} */ name) => {
    const words = form.dataset[name] ?? "";
    if (state.textContent !== words) state.textContent = words;
  };
  const later = (/** @type {number} */ pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pause);
  };

  async function save() {
    if (isSaving || isStopped || written() === saved) return;
    isSaving = true;
    const typed = written();
    say("saving");
    const status = await send();
    isSaving = false;
    if (status === 200) {
      saved = typed;
      say("saved");
      if (written() !== typed) later(PAUSE_MS);
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

  form.addEventListener("input", () => later(PAUSE_MS));
  form.addEventListener("focusout", () => void save());
  addEventListener("pagehide", () => void save());
  form.querySelector(".actions")?.remove(); // it saves by itself
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
}
