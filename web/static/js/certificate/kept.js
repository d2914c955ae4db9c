// @ts-check
/**
 * @file The certificate with which this browser speaks in a meeting. It is made before the identification,
 * kept over the way to the bank and back, and its private key never leaves the browser.
 *
 * It imports nothing: the meeting's page asks for it before its first paint.
 */

/** @typedef {{key: string, until: number}} Place under which name, and until when in milliseconds */
/** @typedef {{certificate: RTCCertificate, until: number}} Kept */

const DATABASE = "certificates";
const STORE = "kept";
const KIND = /** @type {EcKeyGenParams} */ ({ name: "ECDSA", namedCurve: "P-256" });
/** One that is about to end is of no use for a meeting that is about to begin. */
const SPARE_MS = 3_600_000;

/**
 * Return the certificate of an appointment, made now if there is none; null where the browser cannot keep one.
 * @param {Place} place
 * @returns {Promise<RTCCertificate | null>}
 */
export async function keptCertificate(place) {
  try {
    const database = await opened();
    try {
      return (await found(database, place)) ?? (await made(database, place));
    } finally {
      database.close();
    }
  } catch {
    return null; // a private window without a store, or a browser that cannot keep certificates
  }
}

/**
 * Forget the certificate of an appointment that is over.
 * @param {Place} place
 */
export async function forgetCertificate(place) {
  try {
    const database = await opened();
    await done(database.transaction(STORE, "readwrite").objectStore(STORE).delete(place.key));
    database.close();
  } catch {
    // nothing was kept
  }
}

/**
 * @param {IDBDatabase} database
 * @param {Place} place
 */
async function found(database, place) {
  /** @type {Kept | undefined} */
  const kept = await done(database.transaction(STORE).objectStore(STORE).get(place.key));
  return kept && kept.certificate.expires > Date.now() + SPARE_MS ? kept.certificate : null;
}

/**
 * Make and keep one; another tab may have been quicker, and then theirs counts.
 * @param {IDBDatabase} database
 * @param {Place} place
 */
async function made(database, place) {
  const certificate = await RTCPeerConnection.generateCertificate(KIND);
  const store = database.transaction(STORE, "readwrite").objectStore(STORE);
  /** @type {Kept | undefined} */
  const theirs = await done(store.get(place.key));
  if (theirs && theirs.certificate.expires > Date.now() + SPARE_MS) return theirs.certificate;
  await done(store.put({ certificate, until: place.until }, place.key));
  removeOld(store);
  return certificate;
}

/** @param {IDBObjectStore} store */
function removeOld(store) {
  const walk = store.openCursor();
  walk.onsuccess = () => {
    const at = walk.result;
    if (!at) return;
    if (at.value.until < Date.now()) at.delete();
    at.continue();
  };
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return done(opening);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
