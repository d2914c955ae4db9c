// @ts-check
/** @file Those at the table who do not sit opposite: a small picture of each, with name and role. */

/** @typedef {import("./opposite.js").Opposite} Opposite */
/** @typedef {import("./words.js").Words} Words */

/** @type {Set<string>} who comes by a link, and may be sent away */
const INVITED = new Set(["interpreter", "support", "expert"]);

export class Besides {
  #root;
  #words;
  #sendAway;
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Words} words
   * @param {(id: string) => void} sendAway
   */
  constructor(root, words, sendAway) {
    this.#root = root;
    this.#words = words;
    this.#sendAway = sendAway;
  }

  /**
   * @param {Opposite[]} others
   * @param {boolean} [maySendAway] whether the reader may send away who was invited
   */
  show(others, maySendAway = false) {
    /** @type {Map<string, HTMLElement>} */
    const tiles = new Map();
    for (const other of others) {
      if (!other.came) continue;
      const { id } = other.came.participant;
      const tile = this.#tiles.get(id) ?? made(() => this.#sendAway(id));
      this.#fill(tile, other.came, other.stream);
      this.#deed(tile, maySendAway && INVITED.has(other.came.participant.role));
      tiles.set(id, tile);
    }
    for (const [id, tile] of this.#tiles) if (!tiles.has(id)) tile.remove();
    for (const tile of tiles.values()) if (!tile.isConnected) this.#root.append(tile); // moved, it would fall silent
    this.#tiles = tiles;
    this.#root.hidden = tiles.size === 0;
  }

  /**
   * @param {HTMLElement} tile
   * @param {boolean} isShown
   */
  #deed(tile, isShown) {
    const button = /** @type {HTMLButtonElement} */ (tile.querySelector(".besides__deed"));
    button.hidden = !isShown;
    button.textContent = this.#words.say("send_away");
  }

  /**
   * @param {HTMLElement} tile
   * @param {import("./types.js").PeerCame} came
   * @param {MediaStream | null} stream
   */
  #fill(tile, { participant, muted }, stream) {
    const video = /** @type {HTMLVideoElement} */ (tile.querySelector("video"));
    const caption = /** @type {HTMLElement} */ (tile.querySelector("p"));
    if (video.srcObject !== stream) video.srcObject = stream;
    if (stream && video.paused) void video.play().catch(() => undefined); // the first press plays it
    tile.classList.toggle("besides__one--off", muted.video || !stream);
    const text = this.#words.say("beside", { name: participant.name, role: this.#words.say(`role_${participant.role}`) });
    if (caption.textContent !== text) caption.textContent = text;
    tile.querySelector(".besides__picture")?.setAttribute("aria-label", this.#words.say("make_large", { name: participant.name }));
  }
}

/** @param {() => void} sendAway */
function made(sendAway) {
  const tile = document.createElement("li");
  tile.className = "besides__one";
  const picture = document.createElement("button");
  picture.type = "button";
  picture.className = "besides__picture";
  picture.setAttribute("aria-pressed", "false");
  picture.addEventListener("click", () => {
    picture.setAttribute("aria-pressed", String(tile.classList.toggle("besides__one--large"))); // hands that speak are to be read
  });
  const video = document.createElement("video");
  video.autoplay = true;
  video.playsInline = true;
  const caption = document.createElement("p");
  caption.className = "besides__name";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet besides__deed";
  button.addEventListener("click", sendAway);
  const words = document.createElement("div");
  words.className = "besides__words";
  words.append(caption, button);
  picture.append(video);
  tile.append(picture, words);
  return tile;
}
