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
/** Browsers make certificates for 30 days: of one for a later day nobody can ask that it lasts until then. */
const LONGEST_MS = 29 * 86_400_000;

/**
 * Return the certificate of an appointment, made now if there is none; null where the browser cannot keep one.
 * @param {Place} place
 * @returns {Promise<RTCCertificate | null>}
 */
export async function keptCertificate(place) {
  try {
    const database = await opened();
    try {
      const certificate = (await found(database, place)) ?? (await made(database, place));
      removeOld(database);
      return certificate;
    } finally {
      database.close();
    }
  } catch {
    return null; // a private window without a store, or a browser that cannot keep certificates
  }
}

/**
 * Forget the certificate of an appointment that is over.
 * @param {string} key
 */
export async function forgetCertificate(key) {
  try {
    const database = await opened();
    await done(database.transaction(STORE, "readwrite").objectStore(STORE).delete(key));
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
  return lasting(kept, place);
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
  const lasts = lasting(theirs, place);
  if (lasts) return lasts;
  await done(store.put({ certificate, until: place.until }, place.key));
  return certificate;
}

/**
 * One that would end while somebody can still be in the meeting is made anew before the identification, not after it.
 * @param {Kept | undefined} kept
 * @param {Place} place
 */
function lasting(kept, place) {
  const now = Date.now();
  const needed = Math.min(Math.max(place.until, now), now + LONGEST_MS);
  return kept && kept.certificate.expires > needed ? kept.certificate : null;
}

/** @param {IDBDatabase} database */
function removeOld(database) {
  const walk = database.transaction(STORE, "readwrite").objectStore(STORE).openCursor();
  walk.onsuccess = () => {
    const at = walk.result;
    if (!at) return;
    if (Math.min(at.value.until, at.value.certificate.expires) < Date.now()) at.delete();
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
