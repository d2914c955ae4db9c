// @ts-check
/** @file Whether the browser already lets the page use a device, asked without asking the person. */

/** @typedef {"microphone" | "camera"} DeviceName */

/**
 * Browsers that know no such permission tell by the devices' names, which they hide until one may be used.
 * @param {DeviceName} device
 * @returns {Promise<PermissionState>}
 */
export async function permissionOf(device) {
  const state = (await standing(device))?.state ?? "prompt";
  return state === "prompt" && (await isNamed(device)) ? "granted" : state;
}

/**
 * Call back at each change, as far as the browser tells of it.
 * @param {DeviceName} device
 * @param {() => void} changed
 */
export async function onPermissionChange(device, changed) {
  (await standing(device))?.addEventListener("change", changed);
}

/** @param {DeviceName} device */
async function standing(device) {
  try {
    return await navigator.permissions.query({ name: /** @type {PermissionName} */ (device) });
  } catch {
    return null; // this browser does not tell before it is asked
  }
}

/** @param {DeviceName} device */
async function isNamed(device) {
  try {
    const kind = device === "microphone" ? "audioinput" : "videoinput";
    return (await navigator.mediaDevices.enumerateDevices()).some((each) => each.kind === kind && each.label);
  } catch {
    return false; // as above
  }
}
