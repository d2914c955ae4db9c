// @ts-check
/**
 * @file Which part of a connection carries what: the first of a kind the microphone's sound or the camera's picture, the
 * second picture, where there is one, a screen. Whoever shows one makes its place after the camera's, so that both sides count alike.
 */

/**
 * @param {RTCPeerConnection} connection
 * @param {string} kind
 */
export function placeOf(connection, kind) {
  return connection.getTransceivers().find((each) => isPlace(each, kind));
}

/** @param {RTCPeerConnection} connection */
export function screenPlace(connection) {
  const [screen] = screenPlaces(connection);
  return screen;
}

/**
 * One, or none. Where two of the staff begin at once there are two, of which the second was not agreed on.
 * @param {RTCPeerConnection} connection
 */
export function screenPlaces(connection) {
  const [, ...screens] = connection.getTransceivers().filter((each) => isPlace(each, "video"));
  return screens.sort((one, other) => Number(one.mid === null) - Number(other.mid === null));
}

/**
 * @param {RTCRtpTransceiver} transceiver
 * @param {string} kind
 */
function isPlace({ receiver, currentDirection }, kind) {
  return receiver.track.kind === kind && currentDirection !== "stopped";
}
