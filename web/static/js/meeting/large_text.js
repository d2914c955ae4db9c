// @ts-check
/** @file The messages large and in strong contrast, for who reads instead of hearing; remembered on this device. */

const KEY = "kohtaamo.large-text";

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} root
 */
export function attachLargeText(button, root) {
  show(isKept());
  button.addEventListener("click", () => {
    const isLarge = button.getAttribute("aria-pressed") !== "true";
    show(isLarge);
    keep(isLarge);
    if (isLarge) root.querySelector("#texts")?.scrollIntoView({ block: "nearest" });
  });

  /** @param {boolean} isLarge */
  function show(isLarge) {
    root.classList.toggle("meeting--large-text", isLarge);
    button.setAttribute("aria-pressed", String(isLarge));
  }
}

function isKept() {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false; // a browser that keeps nothing
  }
}

/** @param {boolean} isLarge */
function keep(isLarge) {
  try {
    localStorage.setItem(KEY, isLarge ? "yes" : "no");
  } catch {
    // it holds for this page
  }
}
