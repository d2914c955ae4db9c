// @ts-check
/** @file The adviser's form for inviting somebody by a link: as what, by which name, and why. */

/** @typedef {import("./types.js").Role} Role */

/**
 * @param {HTMLDetailsElement} root
 * @param {(role: Role, name: string, reason: string) => void} invite
 */
export function attachInviting(root, invite) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = new FormData(form);
    invite(/** @type {Role} */ (said.get("role")), String(said.get("name")), String(said.get("reason")));
    root.open = false;
    form.reset();
    root.querySelector("summary")?.focus();
  });
}
