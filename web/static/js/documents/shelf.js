// @ts-check
/** @file Talks to the server about documents; knows no page. */

/** @typedef {import("./types.js").Paper} Paper */
/** @typedef {import("./types.js").Data} Data */

/** What the server refused, in its own words and the reader's language. */
export class ShelfRefusal extends Error {}

export class Shelf {
  /** @type {Data} */
  #data;

  /** @param {Data} data */
  constructor(data) {
    this.#data = data;
  }

  /** @returns {Promise<Paper[]>} */
  async list() {
    const answer = await fetch(this.#data.address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw await refusal(answer.text());
    return (await answer.json()).documents;
  }

  /**
   * By XMLHttpRequest, since fetch() cannot tell how far an upload has come.
   * @param {File} file
   * @param {(fraction: number) => void} onProgress 1 when all is sent and the server is at work
   * @returns {Promise<Paper>}
   */
  handIn(file, onProgress) {
    const form = new FormData();
    form.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", this.#data.address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", this.#data.csrf);
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    return new Promise((resolve, reject) => {
      request.addEventListener("error", () => reject(new ShelfRefusal("")));
      request.addEventListener("load", async () => {
        if (request.status === 201) resolve(JSON.parse(request.responseText));
        else reject(await refusal(Promise.resolve(request.responseText)));
      });
      request.send(form);
    });
  }

  /** @param {Paper} paper */
  async withdraw(paper) {
    const answer = await fetch(`${paper.address}/withdraw`, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": this.#data.csrf },
      body: new URLSearchParams(),
    });
    if (!answer.ok) throw await refusal(answer.text());
  }

  /**
   * @param {string} id
   * @param {number} page
   */
  pageAddress(id, page) {
    return pageAddress(this.#data.address, id, page);
  }
}

/**
 * @param {string} address of the documents, as one side sees them
 * @param {string} id
 * @param {number} page
 */
export function pageAddress(address, id, page) {
  return `${address}/${id}/pages/${page}`;
}

/**
 * @param {Promise<string>} body
 * @returns {Promise<ShelfRefusal>}
 */
async function refusal(body) {
  try {
    const { title, detail } = JSON.parse(await body);
    return new ShelfRefusal(`${title}. ${detail}`);
  } catch {
    return new ShelfRefusal("");
  }
}
