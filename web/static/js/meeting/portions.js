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
 * @param {import("./ladder.js").Rung} rung
 * @param {boolean} isSharing
 */
export function portions(rung, isSharing) {
  return (isSharing ? BESIDE_SCREEN : ALONE)[rung];
}
