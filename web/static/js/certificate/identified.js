// @ts-check
/** @file Tells the meeting's tab that the identification in this one is done. */

const told = document.getElementById("identified");
if (told && globalThis.BroadcastChannel) new BroadcastChannel(`identified ${told.dataset["key"]}`).postMessage("done");
