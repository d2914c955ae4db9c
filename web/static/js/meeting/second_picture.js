// @ts-check
/** @file What the customer shows by their phone, large beside their face: a connection of its own that brings one picture. */

import { element } from "./elements.js";
import { Opposite } from "./opposite.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").PeerCame} PeerCame */

export class SecondPicture {
  #meeting;
  #words;
  #root = element("second-picture", HTMLElement);
  #video = /** @type {HTMLVideoElement} */ (this.#root.querySelector("video"));
  #caption = /** @type {HTMLElement} */ (this.#root.querySelector('[data-part="name"]'));
  #broken = /** @type {HTMLElement} */ (this.#root.querySelector('[data-part="broken"]'));
  #enlarge = /** @type {HTMLButtonElement} */ (this.#root.querySelector("button"));
  #said = element("second-picture-said", HTMLElement);
  /** @type {Opposite | null} */
  #camera = null;

  /**
   * @param {import("./words.js").Words} words
   * @param {import("./meeting.js").Meeting} meeting
   */
  constructor(words, meeting) {
    this.#words = words;
    this.#meeting = meeting;
    this.#enlarge.hidden = !document.fullscreenEnabled;
    this.#enlarge.addEventListener("click", () => void this.#turn());
    document.addEventListener("fullscreenchange", () => this.#draw());
  }

  /** @param {FromServer} message */
  heard(message) {
    if (message.type === "peer" && message.participant.role === "camera") this.#meet(message);
    if (message.type === "waiting") this.clear();
    if (!this.#camera) return;
    const id = this.#camera.came?.participant.id;
    if (message.type === "ice") this.#camera.hearIce(message.ice_servers);
    if (message.type === "gone" && message.id === id) this.#part();
    if (message.type === "away" && message.id === id) this.#camera.isAway = true;
    if (message.type === "description" && message.from === id) this.#camera.hear(message.description);
    if (message.type === "candidate" && message.from === id) this.#camera.hearCandidate(message.candidate);
    this.#draw();
  }

  clear() {
    this.#camera?.disconnect();
    this.#camera = null;
    this.#video.srcObject = null;
    this.#said.textContent = "";
    this.#draw();
  }

  /** @param {PeerCame} came */
  #meet(came) {
    if (this.#camera?.is(came)) return this.#camera.resume(came);
    this.clear();
    this.#camera = this.#made();
    this.#camera.meet(came, { relayOnly: this.#meeting.admitted?.relay_only ?? true, awaitsDevices: false });
    this.#said.textContent = this.#words.say("phone_shows", { name: came.participant.name });
  }

  #made() {
    const changed = () => this.#draw();
    return new Opposite(
      new MediaStream(), // nothing goes to a camera
      null,
      { say: (message) => this.#meeting.send(message), remote: changed, changed, state: changed },
      "in",
    );
  }

  #part() {
    const name = this.#camera?.came?.participant.name ?? "";
    this.clear();
    this.#said.textContent = this.#words.say("phone_shows_no_more", { name });
  }

  #draw() {
    const { came, stream, media, isAway } = this.#camera ?? { came: null, stream: null, media: "connecting", isAway: false };
    const isLarge = document.fullscreenElement === this.#root;
    if (!came && isLarge) void document.exitFullscreen();
    this.#root.hidden = !came;
    this.#root.closest(".meeting")?.classList.toggle("meeting--second-picture", !!came);
    this.#said.classList.toggle("visually-hidden", !!came); // who sees, sees it
    if (this.#video.srcObject !== stream) this.#video.srcObject = stream;
    if (stream && this.#video.paused) void this.#video.play().catch(() => undefined); // without sound it may; a younger stream has come
    const name = this.#words.say("phone_of", { name: came?.participant.name ?? "" });
    if (this.#caption.textContent !== name) this.#caption.textContent = name;
    this.#video.setAttribute("aria-label", name);
    this.#broken.hidden = media === "connected" && !(isAway && (this.#camera?.stillFor ?? 0) > 1_500);
    const word = this.#enlarge.querySelector("span");
    if (word) word.textContent = this.#words.say(isLarge ? "phone_smaller" : "phone_larger");
  }

  async #turn() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await this.#root.requestFullscreen();
    } catch {
      // the browser does not let it: the picture stays as large as it is
    }
  }
}
