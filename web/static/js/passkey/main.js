// @ts-check
/** @file A member of the staff signs in by a passkey, or enrols one under a name. */

import { created, got } from "./credential.js";
import { passkeyForm, sent, typed } from "./form.js";

/** @typedef {import("./form.js").PageData & {next: string}} PageData */

passkeyForm(async (/** @type {PageData} */ page, form) => {
  const name = typed(form, "name");
  const options = await sent(page, page.options, {});
  const credential = name === undefined ? await got(options) : await created(options);
  const more = name === undefined ? { next: page.next } : { name };
  const { onward } = await sent(page, page.answer, { credential: JSON.stringify(credential), ...more });
  location.assign(onward);
  if (onward.includes("#")) location.reload();
});
