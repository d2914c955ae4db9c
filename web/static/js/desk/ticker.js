// @ts-check
// Ticks from a worker: a hidden tab's own timers slow down to one a minute, a worker's do not.

const EVERY_MS = 3000;

setInterval(() => postMessage("tick"), EVERY_MS);

export {};
