// @ts-check
/** @file One run of the connection test, from the open devices to the measures. Knows no page. */

import { EchoConnection } from "./connection.js";
import { measure, sample } from "./measures.js";
import { ServerRefusal } from "./server.js";

/** @typedef {import("./types.js").Measures} Measures */

const MEASURED_MS = 8000;
const SETTLING_MS = 1000; // the first second has the key frame and the bandwidth estimate still rising
const SAMPLE_MS = 500;

/**
 * Send the stream round for some seconds.
 * @param {object} wiring
 * @param {MediaStream} wiring.stream
 * @param {import("./server.js").TestServer} wiring.server
 * @param {(stream: MediaStream) => void} wiring.onReturned
 * @param {(done: number) => void} wiring.onProgress takes 0 to 1
 * @param {(measures: Measures) => Promise<void>} wiring.onMeasured is awaited while the media still flows
 */
export async function runTest({ stream, server, onReturned, onProgress, onMeasured }) {
  /** @type {string | null} */
  let testId = null;
  const exchange = async (/** @type {string} */ sdp) => {
    const answer = await server.offer(sdp);
    testId = answer.id;
    return answer.sdp;
  };
  const connection = new EchoConnection({ ice: await server.ice(), exchange, onReturned });
  const failure = stream.getVideoTracks().length > 0 ? null : "no_camera";
  try {
    const connected = await connection.connect(stream).then(() => true, (error) => {
      if (error instanceof ServerRefusal) throw error;
      return false;
    });
    const samples = connected ? await watch(connection, onProgress) : [];
    const found = { ...measure(samples), test_id: testId, microphone_silent: false };
    await onMeasured({ ...found, failure: connected ? failure : "no_connection" });
  } finally {
    connection.disconnect();
  }
}

/**
 * @param {EchoConnection} connection
 * @param {(done: number) => void} onProgress
 */
async function watch(connection, onProgress) {
  const began = performance.now();
  /** @type {import("./measures.js").Sample[]} */
  const samples = [];
  for (let now = began; now - began < MEASURED_MS; now = performance.now()) {
    onProgress((now - began) / MEASURED_MS);
    if (now - began >= SETTLING_MS) samples.push(sample(await connection.stats(), performance.now()));
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
  }
  samples.push(sample(await connection.stats(), performance.now()));
  onProgress(1);
  return samples;
}
