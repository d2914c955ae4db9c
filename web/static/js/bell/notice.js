// @ts-check
/** @file Notices of the operating system, for a tab that nobody looks at; they name nobody, since anybody may see them. */

/** Ask for leave, inside the handler of a click; without it, sound and title remain. */
export async function askLeave() {
  if (globalThis.Notification?.permission === "default") await Notification.requestPermission();
}

/**
 * @param {string} text
 * @param {string} id of whom it is about: one notice each
 */
export function notify(text, id) {
  if (!document.hidden || globalThis.Notification?.permission !== "granted") return;
  try {
    const notice = new Notification(text, { tag: id });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // some phones take notices from service workers alone; sound and title remain
  }
}
