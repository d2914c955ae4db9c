// @ts-check
/** @file The one line that says how it stands. */

import { carriedWord } from "./link_words.js";

/** A line that breaks for a moment, while picture and sound go on, is not worth a word. */
export const AWAY_AFTER_MS = 1_500;

/**
 * @param {import("./words.js").Words} words
 * @param {import("./meeting.js").Meeting} meeting
 * @param {import("./coming_in.js").ComingIn} comingIn
 * @param {object} besides
 * @param {boolean} besides.isSentBack from the table to the waiting room
 * @param {boolean} besides.ownPicture whether one's camera is on
 * @param {{own: boolean, other: boolean}} besides.screen whose screen gets through
 * @param {string} besides.knocking who is at the door
 * @param {string} besides.gone what became of the one who sat opposite
 */
export function statusOf(words, meeting, comingIn, { isSentBack, ownPicture, screen, knocking, gone }) {
  const { admitted, peer, media, place, isLineLost } = meeting;
  if (isLineLost) return words.say(admitted || !place ? "reconnecting" : "reconnecting_waiting");
  if (!admitted && comingIn.asked) return words.say("answer_below");
  if (!admitted && comingIn.opening) return words.say("allow");
  if (!admitted && isSentBack) return words.say("back_again");
  if (!admitted && place === 2) return words.say("place_second");
  if (!admitted) return place > 1 ? words.say("place", { before: String(place - 1) }) : words.say(place ? "place_first" : "starting");
  if (!peer && knocking) return words.say("knock_said", { name: knocking });
  if (!peer) return gone || words.say("alone");
  if (meeting.isPeerAway && meeting.stillFor >= AWAY_AFTER_MS / 2) return words.say("peer_away", { name: peer.participant.name });
  const carried = carriedWord(meeting.carried, { own: ownPicture, other: !peer.muted.video }, screen);
  if (carried && media !== "connecting" && media !== "not_connected") return words.say(carried);
  return words.say(media === "connected" ? "connected" : media === "interrupted" || media === "lost" ? "interrupted" : "connecting");
}
