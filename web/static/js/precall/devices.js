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
 * Open the microphone, and then the camera: each after a sentence of its own. Without a camera one may go on.
 * @param {{camera: string, microphone: string}} chosen device ids, empty for the browser's own choice
 * @param {(device: "microphone" | "camera") => void} say what the browser asks for now
 * @returns {Promise<MediaStream>}
 */
export async function openDevices(chosen, say) {
  if (!navigator.mediaDevices) throw new DeviceFailure("blocked"); // not a secure page
  say("microphone");
  const stream = await openMicrophone(wanted({}, chosen.microphone));
  say("camera");
  try {
    const camera = await navigator.mediaDevices.getUserMedia({ video: wanted(IDEAL, chosen.camera) });
    for (const track of camera.getTracks()) stream.addTrack(track);
  } catch {
    // the practice and the test go on, and say at their end that there was no camera
  }
  return stream;
}

/**
 * @param {MediaTrackConstraints} ideal
 * @param {string} id
 * @returns {MediaTrackConstraints}
 */
function wanted(ideal, id) {
  return id ? { ...ideal, deviceId: { exact: id } } : ideal;
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
 * @param {MediaTrackConstraints} audio
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
