// @ts-check
/** @file Asks for the camera and the microphone, and says by name what is missing. */

/** @typedef {import("./types.js").Failure} Failure */

/** Why there is no stream. */
export class DeviceFailure extends Error {
  /** @param {Failure} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const IDEAL = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

/**
 * Open the devices; without a camera, the microphone alone.
 * @param {{camera: string, microphone: string}} chosen device ids, empty for the browser's own choice
 * @returns {Promise<MediaStream>}
 */
export async function openDevices(chosen) {
  if (!navigator.mediaDevices) throw new DeviceFailure("blocked"); // not a secure page
  const audio = chosen.microphone ? { deviceId: { exact: chosen.microphone } } : true;
  const video = chosen.camera ? { ...IDEAL, deviceId: { exact: chosen.camera } } : IDEAL;
  try {
    return await navigator.mediaDevices.getUserMedia({ audio, video });
  } catch (error) {
    if (isBlocked(error)) throw new DeviceFailure("blocked");
  }
  return openMicrophone(audio);
}

/**
 * Say which devices there are, once one may be used.
 * @returns {Promise<{cameras: MediaDeviceInfo[], microphones: MediaDeviceInfo[]}>}
 */
export async function listDevices() {
  const devices = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.deviceId);
  return {
    cameras: devices.filter((device) => device.kind === "videoinput"),
    microphones: devices.filter((device) => device.kind === "audioinput"),
  };
}

/** @param {MediaStream | null} stream */
export function closeDevices(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/**
 * @param {MediaTrackConstraints | true} audio
 * @returns {Promise<MediaStream>}
 */
async function openMicrophone(audio) {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new DeviceFailure(isBlocked(error) ? "blocked" : "no_microphone");
  }
}

/** @param {unknown} error */
function isBlocked(error) {
  return error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError");
}
