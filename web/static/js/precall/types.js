// @ts-check
/** @file The shapes that the connection test's files share with each other and with web/pages/precall.py. */

/** @typedef {"idle" | "asking" | "testing" | "done" | "failed"} State */
/** @typedef {"no_camera" | "no_microphone" | "blocked" | "no_connection" | "broke_off"} Failure */

/**
 * What is posted in the end; null stands for what could not be measured. Loss is a fraction, 0 to 1.
 * @typedef {object} Measures
 * @property {string | null} test_id
 * @property {Failure | null} failure
 * @property {boolean} audio_returned
 * @property {boolean} video_returned
 * @property {boolean} microphone_silent
 * @property {boolean} uses_relay
 * @property {number | null} round_trip_ms
 * @property {number | null} jitter_ms
 * @property {number | null} audio_loss_sent
 * @property {number | null} audio_loss_returned
 * @property {number | null} video_loss_sent
 * @property {number | null} video_loss_returned
 * @property {number | null} frames_per_second
 */

/**
 * What the server makes of the measures, in the reader's language.
 * @typedef {object} Judged
 * @property {"good" | "usable" | "poor"} kind
 * @property {string} verdict
 * @property {string} advice
 * @property {{name: string, value: string}[]} figures
 */

/**
 * @typedef {object} PageData
 * @property {string} csrf
 * @property {string} ice_url
 * @property {string} offer_url
 * @property {string} result_url
 * @property {Record<string, string>} texts
 */

export {};
