/* npm's oidc-provider as an organisation's own issuer, at which the staff signs in: what it lacks is a page.

   Reads its settings as one line of JSON from standard input, and says one line when it is ready. */

import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const settings = JSON.parse(await text(process.stdin));
const issuer = `http://localhost:${settings.port}`;
const people = new Map(Object.entries(settings.people));
const { privateKey } = await generateKeyPair("RS256", { extractable: true });

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "issuer-1", use: "sig", alg: "RS256" }] },
  clients: [
    {
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      redirect_uris: [settings.redirectUri],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  conformIdTokenClaims: false,
  claims: { profile: ["preferred_username", "groups"], email: ["email", "email_verified"] },
  cookies: { keys: ["of the tests alone"] },
  ttl: { IdToken: 300, AuthorizationCode: 60, AccessToken: 300, Interaction: 600, Session: 600, Grant: 600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
});

async function page(request, response) {
  const { uid, params } = await provider.interactionDetails(request, response);
  const buttons = [...people.keys(), "cancel"].map(
    (who) => `<form method="post" action="/interaction/${uid}/${who}"><button id="${who}">${who}</button></form>`,
  );
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="${params.ui_locales}"><title>Issuer</title>${buttons.join("")}`);
}

async function choose(request, response, who) {
  const result = who === "cancel" ? { error: "access_denied" } : await loggedIn(request, response, who);
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function loggedIn(request, response, accountId) {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { login: { accountId }, consent: { grantId: await grant.save() } };
}

async function answer(request, response) {
  const [, place, , who] = request.url.split("/");
  if (request.url === "/person") {
    const { id, ...claims } = JSON.parse(await text(request));
    people.set(id, claims);
    return response.end();
  }
  if (place !== "interaction") return provider.callback()(request, response);
  return who ? choose(request, response, who) : page(request, response);
}

createServer((request, response) => {
  answer(request, response).catch((fault) => {
    console.error(fault);
    response.statusCode = 500;
    response.end();
  });
}).listen(settings.port, "localhost", () => console.log("ready"));
