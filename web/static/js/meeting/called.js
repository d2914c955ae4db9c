// @ts-check
/** @file For the adviser: who is asked to come and is not here yet, the link of whoever comes by one, and taking it back. */

/** @typedef {import("./types.js").GuestTold} GuestTold */
/** @typedef {import("./types.js").FromServer} FromServer */

/** @type {Set<import("./types.js").GuestState>} */
const OPEN = new Set(["asked", "agreed"]);

export class Called {
  #root;
  #words;
  #on;
  /** @type {Map<string, GuestTold>} by their ids */
  #guests = new Map();
  /** @type {Map<string, string>} links that this page was told, by the same ids */
  #links = new Map();

  /**
   * @param {HTMLElement} root
   * @param {import("./words.js").Words} words
   * @param {{callOff: (guest: string) => void, again: (guest: string) => void}} on
   */
  constructor(root, words, on) {
    this.#root = root;
    this.#words = words;
    this.#on = on;
    root.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest("button") : null;
      const id = button?.closest("li")?.dataset["guest"];
      if (id) this.#do(button?.dataset["deed"], id);
    });
  }

  /** @param {FromServer} message */
  heard(message) {
    if (message.type === "admitted" || message.type === "waiting") this.#guests.clear(); // and is told anew
    if (message.type === "peer") this.#guests.delete(message.participant.id);
    if (message.type === "guest" && OPEN.has(message.state)) this.#guests.set(message.id, message);
    if (message.type === "guest" && !OPEN.has(message.state)) this.#guests.delete(message.id);
    if (message.type === "guest_link") this.#take(message);
    if (["admitted", "waiting", "peer", "guest", "guest_link"].includes(message.type)) this.#draw();
  }

  get size() {
    return this.#guests.size;
  }

  clear() {
    this.#guests.clear();
    this.#draw();
  }

  /** @param {{id: string, link: string}} told */
  #take({ id, link }) {
    if (this.#links.has(id)) this.#say("link_new");
    this.#links.set(id, link);
  }

  /**
   * @param {string | undefined} deed
   * @param {string} id
   */
  #do(deed, id) {
    if (deed === "off") this.#on.callOff(id);
    if (deed === "again") this.#on.again(id);
    if (deed !== "copy") return;
    const field = this.#row(id)?.querySelector("input");
    field?.select(); // where the browser does not let a page write to the clipboard, a key does
    void navigator.clipboard.writeText(this.#links.get(id) ?? "").then(() => this.#say("link_copied"));
  }

  #draw() {
    const list = part(this.#root, "list");
    for (const row of [...list.children]) if (row instanceof HTMLElement && !this.#guests.has(row.dataset["guest"] ?? "")) row.remove();
    for (const guest of this.#guests.values()) this.#fill(this.#row(guest.id) ?? this.#made(guest.id), guest);
    this.#root.hidden = this.#guests.size === 0;
    if (this.#root.hidden) this.#say("");
  }

  /** @param {string} id */
  #row(id) {
    return [...part(this.#root, "list").children].find((row) => row instanceof HTMLElement && row.dataset["guest"] === id);
  }

  /** @param {string} id */
  #made(id) {
    const template = this.#root.querySelector("template");
    const row = /** @type {HTMLElement} */ (template?.content.firstElementChild?.cloneNode(true));
    row.dataset["guest"] = id;
    part(this.#root, "list").append(row);
    return row;
  }

  /**
   * @param {Element} row
   * @param {GuestTold} guest
   */
  #fill(row, { id, name, role, state, takes_over }) {
    const link = this.#links.get(id);
    part(row, "who").textContent = this.#words.say("beside", { name, role: this.#words.say(`role_${role}`) });
    part(row, "state").textContent = this.#words.say(takes_over ? "called_over" : `called_${state}`);
    part(row, "link").hidden = !link;
    const field = row.querySelector("input");
    if (field) field.value = link ?? "";
    const mail = part(row, "mail");
    mail.hidden = !link;
    mail.setAttribute("href", `mailto:?subject=${encodeURIComponent(this.#words.say("mail_subject"))}&body=${encodeURIComponent(link ?? "")}`);
    mail.setAttribute("aria-label", `${mail.textContent}: ${name}`);
    for (const button of row.querySelectorAll("button")) {
      const { deed } = button.dataset;
      button.hidden = (deed === "copy" && !link) || (deed === "again" && takes_over);
      button.setAttribute("aria-label", `${button.textContent?.trim()}: ${name}`);
    }
  }

  /** @param {string} name of the words, or nothing */
  #say(name) {
    part(this.#root, "said").textContent = this.#words.say(name);
  }
}

/**
 * @param {Element} root
 * @param {string} name
 */
function part(root, name) {
  return /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
}
