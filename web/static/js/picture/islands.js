// @ts-check
/** @file Which parts of a mask are somebody: the largest, and what is not small beside it. A poster is neither. */

/** Fainter than this is an edge. */
const FAINTEST = 32;
/** A head that a scarf parts from its body is not small beside it. */
const SMALLEST = 0.2;

/**
 * Return the cells to keep (1) and to leave away (0), with one cell around what is kept, where its edge fades out.
 * @param {ArrayLike<number>} alphas row by row
 * @param {number} width
 * @returns {Uint8Array}
 */
export function islandsKept(alphas, width) {
  const island = new Int32Array(alphas.length); // 0: not seen yet, or none
  /** @type {number[]} */
  const sizes = [0];
  for (let at = 0; at < alphas.length; at += 1)
    if (!island[at] && isLand(alphas, at)) sizes.push(walked(alphas, width, at, island, sizes.length));
  const least = Math.max(...sizes) * SMALLEST;
  const kept = new Uint8Array(alphas.length);
  for (let at = 0; at < alphas.length; at += 1) {
    const number = island[at];
    if (number && (sizes[number] ?? 0) >= least) for (const next of around(at, width, alphas.length)) kept[next] = 1;
  }
  return kept;
}

/**
 * Number an island from one of its cells on, and return its size.
 * @param {ArrayLike<number>} alphas
 * @param {number} width
 * @param {number} from
 * @param {Int32Array} island
 * @param {number} number
 */
function walked(alphas, width, from, island, number) {
  const ahead = [from];
  let size = 0;
  island[from] = number;
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    size += 1;
    for (const next of around(at, width, alphas.length)) {
      if (island[next] || !isLand(alphas, next)) continue;
      island[next] = number;
      ahead.push(next);
    }
  }
  return size;
}

/** @param {ArrayLike<number>} alphas @param {number} at */
function isLand(alphas, at) {
  return (alphas[at] ?? 0) > FAINTEST;
}

/** A cell and its neighbours. @param {number} at @param {number} width @param {number} length */
function around(at, width, length) {
  const column = at % width;
  const found = [];
  for (const down of [-width, 0, width])
    for (const right of [-1, 0, 1]) {
      const next = at + down + right;
      if (next >= 0 && next < length && column + right >= 0 && column + right < width) found.push(next);
    }
  return found;
}
