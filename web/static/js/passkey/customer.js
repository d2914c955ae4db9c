// @ts-check
/** @file A customer comes back by a passkey, or enrols one. */

import { created, got } from "./credential.js";
import { passkeyForm, sent, typed } from "./form.js";

/** @typedef {import("./form.js").PageData & {enrols: boolean}} PageData */

passkeyForm(async (/** @type {PageData} */ page, form) => {
  const { state, options } = await sent(page, page.options, { fingerprint: typed(form, "fingerprint") });
  const credential = page.enrols ? await created(options) : await got(options);
  const { onward } = await sent(page, page.answer, { state, credential: JSON.stringify(credential) });
  location.assign(onward);
});
