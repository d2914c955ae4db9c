// @ts-check

/**
 * Shows whether one takes customers now: it goes off by itself once the desk was closed, or the computer slept.
 *
 * @param {boolean | null} takes null for who meets nobody without a time
 */
export function showTaking(takes) {
  const form = document.getElementById("taking");
  const button = form?.querySelector("button");
  const on = form?.querySelector("input[name='on']");
  if (takes === null || !button || !(on instanceof HTMLInputElement)) return;
  button.setAttribute("aria-pressed", String(takes));
  on.value = takes ? "" : "1";
}
