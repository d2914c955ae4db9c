// @ts-check
/** @file The wire types of signalling/PROTOCOL.md, and the page's data: once, for all files of the meeting. */

/** @typedef {"customer" | "adviser" | "colleague" | "interpreter" | "support" | "expert" | "camera"} Role as what somebody sits at the table */
/** @typedef {"asked" | "shown" | "rests" | "over"} CameraState how a customer's second camera stands */
/** @typedef {{type: "camera_link", link: string, size: number, path: string}} CameraLink */
/** @typedef {"asked" | "agreed" | "refused" | "declined" | "unanswered" | "withdrawn"} GuestState */
/** @typedef {{type: "guest", id: string, role: Role, name: string, reason: string, takes_over: boolean, state: GuestState}} GuestTold */
/**
 * @typedef {`${"microphone" | "camera"}_${"blocked" | "blocked_by_system" | "dismissed" | "unanswered" | "in_use" | "missing" | "failed"}`
 *   | "microphone_silent" | "devices_denied" | "devices_missing" | "devices_in_use" | "devices_failed"
 *   | "browser_in_app" | "browser_too_old" | "page_insecure"
 *   | "media_not_connected" | "media_lost" | "server_unreachable"} Failure
 */
/** @typedef {{audio: boolean, video: boolean}} Muted */
/** @typedef {"none" | "low" | "substantial" | "high"} Level */
/** @typedef {"description" | "certificate"} Lost */
/** @typedef {"asked" | "begun" | "done" | "failed" | "declined"} ProvingState */
/**
 * @typedef {{assurance: Level, method: string | null, titles: Record<string, string>, identified_at: string | null,
 *   purpose: "booking" | "door" | "meeting" | null, fingerprint: string | null, lost: Lost | null}} Proof
 */
/** @typedef {{id: string, role: Role, name: string, proof?: Proof}} Participant */
/** @typedef {{urls: string[], username: string | null, credential: string | null}} IceServer */
/** @typedef {{type: RTCSdpType, sdp: string}} Description */
/** @typedef {{candidate: string, sdpMid: string | null, sdpMLineIndex: number | null, usernameFragment: string | null}} Candidate */

/** @typedef {{type: "text", seq: number, from: string, name: string, at: string, text: string, ref: string, aside: boolean}} TextSaid */
/** @typedef {{document: string, name: string, pages: number, page: number}} Shown */
/**
 * @typedef {{type: "admitted", you: string, role: Role, relay_only: boolean, texts: TextSaid[],
 *   table: Shown | null, muted: Muted, stated: Stated | null, screen: string | null}} Admitted
 */
/**
 * @typedef {{type: "peer", participant: Participant, visit: string, polite: boolean, muted: Muted,
 *   ice_servers: IceServer[], stated: Stated | null}} PeerCame
 */
/** @typedef {"opened" | "asking_microphone" | "asking_camera" | "checking" | "ready"} ArrivalStep */
/**
 * @typedef {{kind: "unknown" | "phone" | "tablet" | "computer",
 *   system: "unknown" | "android" | "ios" | "windows" | "macos" | "linux" | "chromeos",
 *   browser: "unknown" | "chrome" | "edge" | "firefox" | "safari" | "samsung" | "in_app"}} Device
 */
/**
 * How a waiting customer is coming in.
 * @typedef {{step: ArrivalStep, microphone: "unknown" | "none" | "silent" | "heard" | "muted",
 *   camera: "unknown" | "none" | "off" | "on", device: Device, failure: Failure | null}} Arrival
 */
/**
 * @typedef {"in_a_moment" | "few_minutes" | "ten_minutes" | "take_your_time" | "we_see_you" | "you_are_right"
 *   | "try_without_camera" | "we_call_you" | "back_soon"} HouseSentence
 */
/** @typedef {HouseSentence | string} Sentence the organisation's are ids of letters, figures and hyphens */
/** @typedef {"alone_headset" | "alone" | "others_cannot_hear" | "others_hear_me" | "others_may_hear"} Statement */
/** @typedef {{statement: Statement, at: string}} Stated */
/** @typedef {{type: "waiting", place: number, said: {sentence: Sentence, at: string} | null, help: Failure | null}} Waiting */
/**
 * @typedef {{type: "knock", participant: Participant, since: string, ready: boolean, failure: Failure | null,
 *   arrival: Arrival | null, away: string | null}} Knock
 */
/** @typedef {{type: "away", id: string}} Away */
/** @typedef {"left" | "lost" | "refused" | "sent_back"} GoneReason */
/** @typedef {{type: "gone", id: string, reason: GoneReason}} Gone */
/**
 * @typedef {"left" | "ended" | "replaced" | "ticket" | "full" | "version" | "too_many_errors" | "signed_out" | "restart"} ByeReason
 */

/**
 * What the server says.
 * @typedef {Waiting
 *   | {type: "refused", reason: "not_now" | "wrong_person"}
 *   | Knock | Gone | Away | Admitted | PeerCame | TextSaid
 *   | {type: "description", from: string, description: Description}
 *   | {type: "candidate", from: string, candidate: Candidate}
 *   | {type: "document", from: string, document: string | null, name: string, pages: number, page: number}
 *   | {type: "page", from: string, document: string, page: number}
 *   | {type: "mute", from: string, audio: boolean, video: boolean}
 *   | {type: "call_asked", at: string | null, phone: string, cause: Failure | null}
 *   | {type: "stated", from: string, statement: Statement, at: string}
 *   | GuestTold
 *   | {type: "confer", on: boolean}
 *   | {type: "screen", from: string, on: boolean}
 *   | CameraLink | {type: "camera", state: CameraState}
 *   | {type: "guest_link", id: string, link: string}
 *   | {type: "role", id: string, role: Role}
 *   | {type: "proof", id: string, name: string, proof: Proof}
 *   | {type: "proof_asked", assurance: Level | null}
 *   | {type: "proving", id: string, state: ProvingState, reason: string | null}
 *   | {type: "ice", ice_servers: IceServer[]}
 *   | {type: "pong"}
 *   | {type: "error", error: string, field: string | null}
 *   | {type: "bye", reason: ByeReason}} FromServer
 */

/**
 * What the browser says after its hello.
 * @typedef {{type: "ready", audio: boolean, video: boolean}
 *   | ({type: "arrival"} & Arrival)
 *   | {type: "admit", participant: string, statement: Statement}
 *   | {type: "statement", statement: Statement}
 *   | {type: "tell", participant: string, sentence?: Sentence, help?: Failure | null}
 *   | {type: "send_back", participant: string}
 *   | {type: "refuse", participant: string, reason: "not_now" | "wrong_person"}
 *   | {type: "ask_proof", participant: string, assurance: Level}
 *   | {type: "call_in", colleague: string, reason: string} | {type: "call_off", guest: string}
 *   | {type: "invite", role: Role, name: string, reason: string} | {type: "link_again", guest: string} | {type: "consent", guest: string, yes: boolean}
 *   | {type: "confer", on: boolean} | {type: "screen", on: boolean} | {type: "camera", on: boolean}
 *   | {type: "decline"} | {type: "prove", ticket: string}
 *   | {type: "unbound", participant: string, reason: Lost}
 *   | {type: "description", to: string, description: Description}
 *   | {type: "candidate", to: string, candidate: Candidate}
 *   | {type: "text", ref: string, text: string}
 *   | {type: "document", document: string | null}
 *   | {type: "page", document: string, page: number}
 *   | {type: "mute", audio: boolean, video: boolean}
 *   | {type: "media", state: "connected" | "failed", failure?: Failure}
 *   | {type: "ice"} | {type: "ping"} | {type: "leave"} | {type: "end"}} FromBrowser
 */

/** @typedef {"second_short" | "minute_short" | "hour_short" | "minute_long"} LengthName */
/** @typedef {{text: string, help: string, cause: string, device: string}} FailureWords */
/** @typedef {{cause: string, help: string, picture: string, systems: string[], browsers: string[]}} Way */
/**
 * What the page was rendered with.
 * @typedef {object} PageData
 * @property {"customer" | "adviser" | "guest"} role whose page it is
 * @property {string} socket
 * @property {string} ticket where to ask for tickets
 * @property {string | null} entry the first ticket, which came with the page
 * @property {string} documents
 * @property {string} colleagues where an adviser asks who could go on
 * @property {string} arrival where a customer says how they come in while the line does not open
 * @property {{address: string, words: Record<string, string>}} sentences the organisation's, and where one that is lacking is asked for
 * @property {import("../picture/choice.js").Allowed} picture how one may be seen
 * @property {string} identify where a customer identifies
 * @property {string} csrf
 * @property {string} language
 * @property {[number, number][]} offsets since when, in ms, clocks of the reader's zone are how many minutes ahead of UTC
 * @property {Record<LengthName, [string, string]>} lengths of one and of more
 * @property {string} now by the server's clock
 * @property {import("../certificate/kept.js").Place | null} certificate where the customer's browser keeps its own
 * @property {Record<string, any> & {failures: Record<Failure, FailureWords>, ways: Way[]}} words
 */

export {};
