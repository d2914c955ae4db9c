// @ts-check
/** @file The SHA-256 of a certificate in plain hex: how the server and the other side know it again (RFC 8122). */

const LINE = /^a=fingerprint:(\S+) ([0-9a-f:]+)\s*$/gim;
const HASH = "sha-256";

/**
 * @param {RTCCertificate} certificate
 * @returns {Promise<string>} empty where the browser does not tell
 */
export async function fingerprintOf(certificate) {
  const told = certificate.getFingerprints?.().find(({ algorithm }) => algorithm?.toLowerCase() === HASH)?.value;
  return plain(told ?? "") || (await fingerprintInOffer(certificate));
}

/**
 * Every fingerprint that a description names; of another hash than SHA-256 with the hash before it.
 * @param {string} sdp
 */
export function fingerprintsIn(sdp) {
  return [...sdp.matchAll(LINE)].map(([, hash = "", value = ""]) => (hash.toLowerCase() === HASH ? plain(value) : `${hash} ${plain(value)}`));
}

/**
 * @param {ArrayBuffer} certificate as it was shown in the handshake
 * @returns {Promise<string>}
 */
export async function fingerprintOfBytes(certificate) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", certificate));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Ask an offer where the certificate itself does not tell.
 * @param {RTCCertificate} certificate
 */
async function fingerprintInOffer(certificate) {
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  try {
    connection.createDataChannel("");
    const [found = ""] = fingerprintsIn((await connection.createOffer()).sdp ?? "");
    return /^[0-9a-f]{64}$/.test(found) ? found : "";
  } finally {
    connection.close();
  }
}

/** @param {string} value */
function plain(value) {
  return value.replaceAll(":", "").toLowerCase();
}
