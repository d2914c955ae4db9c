// @ts-check
/**
 * @file What may leave the gate between camera and peer connection: values in, values out, no picture in sight.
 *
 * A proof is a row of good answers of the filter about one camera in one stretch of time. Whatever breaks that
 * stretch (a crash, a hidden tab, another camera) begins a new round: answers of an older one count for nothing.
 */

/** @typedef {"blur" | "neutral"} Wish */
/** @typedef {"" | "slow" | "failed"} Ended why the filter is not tried any more */
/**
 * @typedef {object} GateState
 * @property {Wish} wish
 * @property {boolean} isHidden
 * @property {Ended} ended
 * @property {number} round
 * @property {number} good answers in a row, in this round
 * @property {number} crashes since the wish was made, or since the last proof held for long
 * @property {readonly number[]} took the last answers' times, in milliseconds
 * @property {number | null} askedAt when the filter got the picture that it has not answered
 */
/**
 * @typedef {{type: "wish", wish: Wish} | {type: "hidden"} | {type: "visible"} | {type: "source"} | {type: "crash"}
 *   | {type: "asked", at: number} | {type: "tick", at: number}
 *   | {type: "answer", round: number, took: number, isPlausible: boolean}} GateEvent
 */

/**
 * How many answers are a proof, how long one may take, over how many that is judged, how many crashes are too many,
 * and after how long an answer does not come: the first waits for a model of several megabytes.
 */
export const LIMITS = Object.freeze({ proof: 5, slowMs: 120, judged: 8, crashes: 3, hungMs: 1_500, startMs: 30_000 });
/** @typedef {{-readonly [K in keyof typeof LIMITS]: number}} Limits */

/**
 * @param {Wish} wish
 * @returns {GateState}
 */
export function begun(wish) {
  return { wish, isHidden: false, ended: "", round: 1, good: 0, crashes: 0, took: [], askedAt: null };
}

/**
 * @param {GateState} state
 * @param {GateEvent} event
 * @param {Limits} [limits]
 * @returns {GateState}
 */
export function after(state, event, limits = LIMITS) {
  switch (event.type) {
    case "wish":
      return { ...begun(event.wish), isHidden: state.isHidden, round: state.round + 1 };
    case "hidden":
    case "visible":
      return { ...anew(state), isHidden: event.type === "hidden" };
    case "source":
      return anew(state);
    case "crash":
      return crashed(state, limits);
    case "asked":
      return { ...state, askedAt: event.at };
    case "tick":
      return isHung(state, event.at, limits) ? crashed(state, limits) : state;
    case "answer":
      return event.round === state.round ? judged(state, event, limits) : state;
  }
}

/** Whether the filtered picture may be shown; in all other cases it is the neutral one. @param {GateState} state @param {Limits} [limits] */
export function isProven(state, limits = LIMITS) {
  return runs(state) && state.good >= limits.proof;
}

/** Whether the filter is to be given pictures. @param {GateState} state */
export function runs({ wish, isHidden, ended }) {
  return wish === "blur" && !isHidden && !ended;
}

/** @param {GateState} state @returns {GateState} */
function anew(state) {
  return { ...state, round: state.round + 1, good: 0, askedAt: null };
}

/** @param {GateState} state @param {Limits} limits @returns {GateState} */
function crashed(state, limits) {
  const crashes = state.crashes + 1;
  return { ...anew(state), crashes, took: [], ended: crashes >= limits.crashes ? "failed" : state.ended };
}

/** @param {GateState} state @param {number} at @param {Limits} limits */
function isHung({ askedAt, took }, at, limits) {
  return askedAt !== null && at - askedAt > (took.length ? limits.hungMs : limits.startMs);
}

/**
 * A late answer is none towards the proof, and many of them end the trial; one that takes all for a person is a lie.
 * @param {GateState} state
 * @param {{took: number, isPlausible: boolean}} answer
 * @param {Limits} limits
 * @returns {GateState}
 */
function judged(state, { took: time, isPlausible }, limits) {
  const took = [...state.took, time].slice(-limits.judged);
  const late = took.filter((each) => each > limits.slowMs).length;
  const isSlow = took.length >= limits.judged && late > limits.judged / 2;
  const isGood = isPlausible && (time <= limits.slowMs || state.good >= limits.proof);
  return { ...state, askedAt: null, took, good: isGood ? state.good + 1 : 0, ended: isSlow ? "slow" : state.ended };
}
