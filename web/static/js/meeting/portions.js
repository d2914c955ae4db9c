// @ts-check
/** @file How much of camera and screen a rung of the ladder leaves. */

/** @typedef {{camera: RTCRtpEncodingParameters, screen: RTCRtpEncodingParameters}} Portions */

/** @type {RTCRtpEncodingParameters} */
const NONE = { active: false };
/** @type {RTCRtpEncodingParameters} */
const SMALL = { active: true, scaleResolutionDownBy: 2, maxBitrate: 150_000, maxFramerate: 15 };
/** Letters have to be read: it is never made smaller, and changes more seldom instead. @type {RTCRtpEncodingParameters} */
const SCREEN = { active: true, maxBitrate: 1_500_000, maxFramerate: 15 };

/** @type {Record<import("./ladder.js").Rung, Portions>} */
const ALONE = {
  picture: { camera: { active: true, scaleResolutionDownBy: 1, maxBitrate: 800_000, maxFramerate: 30 }, screen: NONE },
  small: { camera: SMALL, screen: NONE },
  sound: { camera: NONE, screen: NONE },
  voice: { camera: NONE, screen: NONE },
};
/** Beside a screen a face is shown small, and it goes first. @type {Record<import("./ladder.js").Rung, Portions>} */
const BESIDE_SCREEN = {
  ...ALONE,
  picture: { camera: SMALL, screen: SCREEN },
  small: { camera: NONE, screen: { ...SCREEN, maxBitrate: 150_000, maxFramerate: 3 } },
};

/**
 * Several opposite share the line of this side. What is small already stays as it is: less of it shows nobody, and the
 * browser could not see that there is room for more.
 * @param {import("./ladder.js").Rung} rung
 * @param {boolean} isSharing
 * @param {number} others how many sit there besides this side
 */
export function portions(rung, isSharing, others) {
  const { camera, screen } = (isSharing ? BESIDE_SCREEN : ALONE)[rung];
  return rung === "picture" ? { camera: part(camera, others), screen: part(screen, others) } : { camera, screen };
}

/**
 * @param {RTCRtpEncodingParameters} whole
 * @param {number} others
 */
function part(whole, others) {
  if (!whole.maxBitrate || whole === SMALL) return whole;
  return { ...whole, maxBitrate: Math.floor(whole.maxBitrate / others) };
}
