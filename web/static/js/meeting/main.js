// @ts-check
/** @file Wires the page of waiting room and meeting. Camera and socket are asked for at once, side by side. */

import { forgetCertificate } from "../certificate/kept.js";
import { wasToLetIn } from "../coming/let_in.js";
import { CodeView } from "../code/view.js";
import { NoLine } from "../coming/no_line.js";
import { attachDocuments } from "../documents/main.js";
import { PicturePanel } from "../picture/panel.js";
import { Picture } from "../picture/picture.js";
import { afterwards } from "./afterwards.js";
import { ArrivalTeller } from "./arrival.js";
import { Asking } from "./asking.js";
import { AskDevice } from "./ask_device.js";
import { Awake } from "./awake.js";
import { Badge } from "./badge.js";
import { ComingIn } from "./coming_in.js";
import { Company } from "./company.js";
import { Controls } from "./controls.js";
import "./delay.js";
import { Devices } from "./devices.js";
import { Drawing } from "./drawing.js";
import { meetingCertificate } from "./early.js";
import { element } from "./elements.js";
import { ENDS, PARTED } from "./endings.js";
import { Hearing } from "./hearing.js";
import { HowLong } from "./how_long.js";
import { attachLargeText } from "./large_text.js";
import { Knocks } from "./knocks.js";
import { Meeting } from "./meeting.js";
import { MidCall } from "./mid_call.js";
import { PhoneInstead } from "./phone_instead.js";
import { ProofAsked } from "./proof_asked.js";
import { Sharing } from "./sharing.js";
import { standing, worth } from "./standing.js";
import { StatedView } from "./stated.js";
import { StatementAsked } from "./statement.js";
import { AWAY_AFTER_MS, statusOf } from "./status.js";
import { Texts } from "./texts.js";
import { Told } from "./told.js";
import { View } from "./view.js";
import { Words } from "./words.js";

/** @typedef {import("./types.js").FromServer} FromServer */
/** @typedef {import("./types.js").Failure} Failure */

const UNREACHABLE_AFTER = 15;
/** Who is let in hears of the other one a moment later: nobody is told to wait for someone who is there. */
const ALONE_AFTER_MS = 500;
/** @type {import("./types.js").PageData} */
const page = JSON.parse(element("page-data", HTMLScriptElement).text);
const words = new Words(page);
const drawing = new Drawing(draw);
const view = new View(words);
const panel = new PicturePanel(document.getElementById("choose-picture"), element("picture-said", HTMLElement), (name) => words.say(name));
const picture = new Picture(page.picture, (why) => panel.tell(why));
const devices = new Devices((device) => midCall.lost(device), picture);
const comingIn = new ComingIn(devices, () => void devicesChanged());
const midCall = new MidCall(devices, comingIn, words, () => void controls.draw());
const askDevice = new AskDevice(comingIn);
const meeting = new Meeting(page, devices, { message: heard, changed: drawSoon, remote: (stream) => view.picture(stream), parted, over });
const company = new Company(page, words, meeting);
const sharing = new Sharing(meeting, words, drawSoon);
const awake = new Awake();
const hearing = new Hearing(devices, element("level", HTMLMeterElement), (heard) => {
  comingIn.silent(heard === "silent" ? "microphone_silent" : null);
  tellArrival();
});
const controls = new Controls(devices, words, (text) => view.announce(text), {
  mute: () => {
    meeting.sendMute();
    tellArrival();
  },
  choose: (device, id) => void comingIn.open(device, id),
  turn: (id) => comingIn.turn(id),
  again: () => comingIn.again(),
  skip: () => comingIn.skip(),
  leave: () => meeting.leave(),
  end: () => meeting.send({ type: "end" }),
  sendBack,
  hide: () => {
    sharing.stop();
    company.hide();
  },
});
const texts = new Texts(
  {
    list: element("texts", HTMLElement),
    ready: element("ready-sentences", HTMLElement),
    form: element("say", HTMLFormElement),
    field: element("say-text", HTMLTextAreaElement),
    news: element("news", HTMLElement),
  },
  {
    send: (ref, text) => meeting.send({ type: "text", ref, text }),
    you: () => meeting.admitted?.you ?? "",
    youWord: words.say("you"),
    asideWord: words.say("aside"),
    time: (moment) => words.time(moment),
    told: (text) => words.say("wrote", { name: text.name, text: text.text }),
  },
);
const knocks = page.role === "adviser" ? new Knocks(element("knocks", HTMLElement), words, { admit, refuse, tell }) : null;
const statement =
  page.role === "adviser"
    ? new StatementAsked(element("statement", HTMLElement), words, (said) => meeting.send({ type: "statement", statement: said }))
    : null;
const stated = page.role === "customer" ? new StatedView(element("stated", HTMLElement), words) : null;
const phone = page.role === "guest" ? null : new PhoneInstead(element("phone-instead", HTMLDetailsElement), words, (text) => view.announce(text));
const code = new CodeView(element("code", HTMLElement), (text) => view.announce(text));
const told = page.role === "customer" ? new Told(words, page) : null;
const arrival = page.role === "customer" ? new ArrivalTeller((said) => meeting.send({ type: "arrival", ...said })) : null;
const badge =
  page.role === "adviser"
    ? new Badge(element("identity", HTMLElement), element("identity-lost", HTMLElement), words, (text) => view.announce(text))
    : null;
const askForm = document.getElementById("ask-proof");
const asking = askForm instanceof HTMLFormElement ? new Asking(askForm, element("ask-proof-state", HTMLElement), words, askProof) : null;
const proofAsked =
  page.role === "customer"
    ? new ProofAsked(element("proof-asked", HTMLElement), page, words, {
        prove: () => meeting.prove(),
        decline: () => meeting.send({ type: "decline" }),
        announce: (text) => view.announce(text),
      })
    : null;
const noLine = arrival ? new NoLine(page, () => arrival.now) : null;
const howLong = page.role === "customer" ? new HowLong(element("how-long", HTMLElement), words) : null;
const certificate = meetingCertificate();

/** @type {ReturnType<typeof attachDocuments> | null} */
let documents = null;
let isOver = false;
/** A button that was pressed has gone since the page was drawn last. */
let mayLoseFocus = false;
let aloneTimer = 0;
let wasAdmitted = false;
let isSentBack = false;
let isToLetIn = page.role === "adviser" && wasToLetIn(location.pathname);
/** What became of the one who sat opposite, as long as nobody else does. */
let gone = "";

controls.connect();
sharing.connect();
panel.connect(picture, () => void devices.reroute().then(devicesChanged, () => midCall.lost("camera")));
midCall.connect();
texts.connect();
attachLargeText(element("large-text", HTMLButtonElement), element("meeting", HTMLElement));
awake.connect();
badge?.connect();
proofAsked?.connect();
howLong?.connect();
void certificate.then((own) => meeting.connect(own));
askDevice.connect();
comingIn.connect();
noLine?.line(false);

async function devicesChanged() {
  drawSoon();
  tellArrival();
  await certificate; // the connection made ahead needs it
  view.mirror(devices.video ? devices.stream : null);
  meeting.devicesChanged(comingIn);
  hearing.follow(page.role === "adviser" || !meeting.place || meeting.admitted !== null);
  midCall.follow();
  await controls.draw();
}

function tellArrival() {
  const { audio, video } = devices;
  const turn = comingIn.asked ?? comingIn.opening;
  arrival?.tell({
    step: comingIn.isReady ? "ready" : turn ? `asking_${turn}` : "checking",
    microphone: audio ? (audio.enabled ? hearing.state : "muted") : comingIn.isReady ? "none" : "unknown",
    camera: video ? (video.enabled ? "on" : "off") : comingIn.isReady ? "none" : "unknown",
    failure: comingIn.failure,
  });
}

/** @param {FromServer} message */
function heard(message) {
  if ((message.type === "admitted" || message.type === "peer") && !meeting.isLinked) drawing.giveWay();
  switch (message.type) {
    case "waiting":
      told?.show(message);
      howLong?.show(message.place);
      hearing.hurry();
      isSentBack ||= wasAdmitted; // and is told why: it was nobody's mistake
      wasAdmitted = false;
      arrival?.again();
      break;
    case "admitted":
      told?.clear();
      wasAdmitted = true;
      isSentBack = false;
      documents ??= attachDocuments({
        root: element("documents", HTMLElement),
        role: page.role,
        send: (said) => meeting.send(said),
        data: { address: page.documents, csrf: page.csrf },
      });
      statement?.seated(message.you, message.stated);
      for (const text of message.texts) texts.hear(text);
      texts.sayAgain();
      knocks?.clear();
      break;
    case "call_asked":
      phone?.asked(message);
      break;
    case "text":
      if (!texts.hear(message)) break;
      view.announce(words.say("wrote", { name: message.name, text: message.text }));
      texts.tell(message);
      break;
    case "knock":
      draw(); // what it asks of the adviser is there to be seen, and to take the focus
      if (knocks?.show(message) && meeting.peer) view.announce(words.say("knock_said", { name: message.participant.name }));
      if (message.participant.role === "customer") letInByTheDesk(message.participant);
      if (!meeting.peer) element("knocks", HTMLElement).scrollIntoView({ block: "nearest" });
      break;
    case "peer":
      gone = "";
      knocks?.remove(message.participant.id);
      mayLoseFocus = true;
      if (message.participant.role === "customer") statement?.opposite();
      break;
    case "away":
      setTimeout(drawSoon, AWAY_AFTER_MS);
      break;
    case "gone":
      knocks?.remove(message.id, message.reason !== "sent_back");
      break;
    case "proof_asked":
      proofAsked?.ask(message.assurance);
      break;
    case "proving":
      proofAsked?.tell(message.state);
      asking?.tell(message.state, message.reason);
      break;
    case "mute":
      announceMute(message);
      break;
  }
  company.heard(message);
  sharing.heard(message);
  documents?.onMessage(message);
}

/**
 * @param {string} name
 * @param {import("./types.js").GoneReason} reason
 * @param {boolean} isOpposite
 */
function parted(name, reason, isOpposite) {
  const said = words.say(PARTED[reason], { name });
  if (isOpposite) gone = said;
  else view.announce(said);
}

/** @param {{from: string, audio: boolean, video: boolean}} message */
function announceMute({ from, audio, video }) {
  const name = meeting.nameOf(from);
  if (audio) view.announce(words.say("peer_muted", { name }));
  else if (video) view.announce(words.say("peer_camera_off", { name }));
}

/** @param {import("./types.js").Level} assurance */
function askProof(assurance) {
  if (meeting.peer) meeting.send({ type: "ask_proof", participant: meeting.peer.participant.id, assurance });
}

/** @param {string} id */
function admit(id) {
  statement?.before((said) => meeting.send({ type: "admit", participant: id, statement: said }));
}

/**
 * Who was let in on the desk is let in here: only the first to knock, and nobody whose identification does not hold.
 * @param {import("./types.js").Knock["participant"]} participant
 */
function letInByTheDesk({ id, proof }) {
  if (isToLetIn && !meeting.peer && knocks?.count === 1 && standing(proof, null) !== "lost") admit(id);
  isToLetIn = false;
}

/**
 * @param {string} id
 * @param {"not_now" | "wrong_person"} reason
 */
function refuse(id, reason) {
  meeting.send({ type: "refuse", participant: id, reason });
}

/**
 * @param {string} id
 * @param {import("./types.js").Sentence} sentence
 */
function tell(id, sentence) {
  meeting.send({ type: "tell", participant: id, sentence });
}

function sendBack() {
  if (meeting.peer) meeting.send({ type: "send_back", participant: meeting.peer.participant.id });
}

/** Draw when what has come over the line has been acted on: the other side waits for that, not for our layout. */
function drawSoon() {
  noLine?.line(isOver || meeting.hasLine);
  if (!isOver) drawing.soon();
  if (meeting.isLinked) drawing.goOn();
}

/** Show how it stands. Called after whatever may have changed it. */
function draw() {
  const { admitted, peer, media, place, isLineLost } = meeting;
  const isBroken = media === "interrupted" || media === "lost";
  view.show(admitted ? "table" : place ? "waiting" : "starting");
  view.seat(meeting.role);
  view.peer(peer?.participant.name ?? "");
  badge?.show(peer?.participant ?? null, meeting.standing);
  stated?.show(peer);
  asking?.show(peer !== null);
  company.draw();
  sharing.draw();
  code.show(meeting.code);
  documents?.opensTo(worth(peer?.participant.proof));
  if (controls.canSendBack(meeting.role === "adviser" && peer !== null) || mayLoseFocus) view.keepFocus();
  mayLoseFocus = false;
  const withoutPicture = peer?.muted.video ? words.say("peer_without_picture", { name: peer.participant.name }) : "";
  view.blank(!peer || peer.muted.video || !!meeting.carried?.rests, withoutPicture);
  if (admitted) view.state(isLineLost || isBroken ? "reconnecting" : media === "connected" ? "connected" : "admitted");
  else if (place) view.state(isLineLost ? "reconnecting" : "waiting");
  knocks?.enable(!isLineLost);
  clearTimeout(aloneTimer);
  if (admitted && !peer && !isLineLost) aloneTimer = setTimeout(alone, ALONE_AFTER_MS);
  else view.status(status());
  askDevice.show();
  view.failure(failure(), comingIn);
  phone?.stands(stuck());
}

function alone() {
  view.status(status());
  hearing.hurry();
}

function status() {
  const ownPicture = !!devices.video?.enabled;
  return statusOf(words, meeting, comingIn, { isSentBack, ownPicture, screen: sharing.flows, knocking: knocks?.name ?? "", gone });
}

/** A customer who is not in, and not just waiting their turn; who goes on without a device is. */
function stuck() {
  const { admitted, peer, media, place } = meeting;
  const cause = failure();
  const isOnTheWay = admitted ? peer !== null && media !== "connected" : !place || !comingIn.isReady;
  const isLong = meeting.carried?.silence === "phone";
  return { isStuck: page.role === "customer" && (isOnTheWay || cause === "server_unreachable"), isLong, cause };
}

/** @returns {Failure | null} */
function failure() {
  if (meeting.linesLost >= UNREACHABLE_AFTER) return "server_unreachable";
  if (comingIn.failure) return comingIn.failure;
  if (meeting.media === "not_connected") return "media_not_connected";
  return meeting.media === "lost" ? "media_lost" : null;
}

/** @param {string} reason */
function over(reason) {
  const [name, again] = ENDS[reason] ?? ["left", true];
  isOver = true;
  drawing.disconnect();
  clearTimeout(aloneTimer);
  comingIn.disconnect();
  controls.disconnect();
  midCall.disconnect();
  askDevice.disconnect();
  hearing.disconnect();
  awake.disconnect();
  documents?.disconnect();
  texts.disconnect();
  knocks?.clear();
  told?.clear();
  phone?.disconnect(reason === "ended");
  stated?.show(null);
  howLong?.disconnect();
  arrival?.disconnect();
  noLine?.line(true);
  badge?.disconnect();
  proofAsked?.disconnect();
  asking?.show(false);
  code.show(null);
  company.clear();
  sharing.disconnect();
  if (reason === "ended" && page.certificate) void forgetCertificate(page.certificate.key);
  const help = words.say(name === "over" && page.role === "adviser" ? "ended_help" : `${name}_help`);
  view.over(words.say(name), help, again);
  afterwards(reason, wasAdmitted);
}
