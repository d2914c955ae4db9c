// @ts-check
/** @file A guest's side of the documents: the page that the others look at, and no way to turn or to hand in. */

import { part } from "./papers.js";
import { pageAddress } from "./shelf.js";
import { Table } from "./table.js";
import { Viewer } from "./viewer.js";

/**
 * @param {HTMLElement} root the element of documents/onlooker.html
 * @param {string} address where the page is
 */
export function attachOnlooker(root, address) {
  const table = new Table(
    () => undefined, // a guest lays and turns nothing
    (shown) => {
      viewer.show(shown, table.leads);
      part(root, "none").hidden = shown !== null;
    },
  );
  const viewer = new Viewer(part(root, "viewer"), (id, page) => pageAddress(address, id, page), (page) => table.turn(page));
  viewer.connect();
  return {
    onMessage: (/** @type {import("./types.js").Message} */ message) => table.hear(message),
    opensTo: () => undefined, // a guest is told of nobody how surely they are identified
    disconnect: () => {
      viewer.show(null, false);
      viewer.disconnect();
    },
  };
}
