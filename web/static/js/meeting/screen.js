// @ts-check
/**
 * @file A screen, a window or a tab that somebody has chosen to show. It knows no page and no connection.
 *
 * What leaves in the place of a screen is one of these, or black (`dark.js`), and nothing else (`isScreen`): it must be no way around the gate
 * that stands before a camera.
 */

/** As large as letters need, and as small as a phone can take; a tab with this very meeting would show itself without end. */
const WANTED = {
  video: { width: { max: 1920 }, height: { max: 1200 }, frameRate: { max: 15 } },
  audio: false,
  selfBrowserSurface: "exclude",
  surfaceSwitching: "include",
  systemAudio: "exclude",
};

/** @type {WeakSet<MediaStreamTrack>} */
const opened = new WeakSet();

export function canShareScreen() {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

/** Let the person choose. Raises DOMException: NotAllowedError when they chose nothing, or the system forbids it. */
export async function openScreen() {
  const stream = await navigator.mediaDevices.getDisplayMedia(WANTED);
  const [track] = stream.getVideoTracks();
  if (!track) throw new DOMException("nothing to show", "NotReadableError");
  track.contentHint = "detail";
  opened.add(track);
  return track;
}

/** @param {MediaStreamTrack} track */
export function isScreen(track) {
  return opened.has(track);
}
