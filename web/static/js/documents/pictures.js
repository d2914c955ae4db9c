// @ts-check
/** @file Pictures of pages, loaded and decoded before they are needed. */

const KEPT = 6;

export class Pictures {
  /** @type {Map<string, Promise<HTMLImageElement>>} */
  #loading = new Map();

  /**
   * @param {string} address
   * @returns {Promise<HTMLImageElement>} ready to be shown
   */
  get(address) {
    const known = this.#loading.get(address);
    if (known) return known;
    const loading = load(address);
    this.#loading.set(address, loading);
    loading.catch(() => this.#loading.delete(address));
    this.#forgetOldest();
    return loading;
  }

  /** @param {string} address */
  prepare(address) {
    this.get(address).catch(() => undefined); // told when it is asked for in earnest
  }

  #forgetOldest() {
    for (const address of this.#loading.keys()) {
      if (this.#loading.size <= KEPT) return;
      this.#loading.delete(address);
    }
  }
}

/** @param {string} address */
async function load(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}
